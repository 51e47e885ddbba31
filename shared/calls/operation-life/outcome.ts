/** How an operation ended and why it failed, as its own event, its call's end or the lack of an event says. Pure. */
import { acsCodesOf } from '../acs-codes.ts';
import type { CallEvent } from '../event.ts';
import { type Reason, reasonOfError } from '../reason.ts';
import type { Settlement } from './settlement.ts';

/** Why an operation failed: reported by ACS, with its codes, or concluded by the app. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly source: 'acs' | 'app';
  readonly acsCode?: number;
  readonly acsSubCode?: number;
  readonly acsMessage?: string;
}

/** How an operation ended. */
export interface Outcome {
  readonly status: 'succeeded' | 'failed' | 'canceled' | 'timedOut' | 'indeterminate';
  readonly settledBy: 'response' | 'event' | 'read' | 'deadline';
  readonly settledAt: string;
  /** What the event reports besides: the digits that were pressed, the words that were said. */
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: OperationError;
}

/** Why an operation did not succeed; undefined while it is open, and when it did. */
export function reasonOfOutcome({
  status,
  error,
}: {
  readonly status: string;
  readonly error?: OperationError | undefined;
}): Reason | undefined {
  if (status === 'canceled') {
    return 'canceled';
  }
  return error && reasonOfError(error);
}

/** The outcome that the event reports of an operation that settles so; undefined when it reports none. */
export function outcomeOfEvent(settlement: Settlement | undefined, event: CallEvent, now: string): Outcome | undefined {
  if (settlement?.by !== 'event') {
    const isFailure = settlement && 'failure' in settlement && settlement.failure?.includes(event.kind);
    return isFailure ? failed(event, now) : undefined;
  }
  if (settlement.success.includes(event.kind)) {
    return succeeded(now, 'succeeded', event);
  }
  if (settlement.canceled?.includes(event.kind)) {
    return succeeded(now, 'canceled');
  }
  if (!settlement.failure.includes(event.kind)) {
    return undefined;
  }
  const isCanceled = event.result !== undefined && event.result.subCode === settlement.canceledSubCode;
  return isCanceled ? succeeded(now, 'canceled') : failed(event, now);
}

/** Sub-codes of failures caused by the end of the call, whose CallDisconnected may arrive after them (ACS-D11). */
const callEndSubCodes: readonly unknown[] = [8528, 8572];

/** Whether an operation failed because its call ended. */
export function isCausedByCallEnd(
  error: { readonly code: string; readonly acsSubCode?: number | undefined } | undefined,
): boolean {
  return error?.code === 'callEnded' || callEndSubCodes.includes(error?.acsSubCode);
}

/** A call that ended: when it was connected, if that is known, and the codes of its end. */
interface EndedCall {
  readonly connectedAt?: string;
  readonly isConnectionUnknown?: true;
  readonly end?: { readonly acsCode: number; readonly acsSubCode?: number; readonly acsMessage: string };
}

/**
 * The outcome of an operation that is open when its call ends: a hang-up has succeeded, and so has one whose effect an empty
 * call or the way that the call ended proves. Any other can no longer take effect. Whether the call had been connected is
 * not concluded from a CallConnected that is missing: it may be lost.
 */
export function outcomeOfCallEnd(
  call: EndedCall,
  settlement: Settlement | undefined,
  about: readonly string[],
  now: string,
): Outcome {
  const { end } = call;
  const isByEvent = settlement?.by === 'event';
  const isProven = isByEvent && ((end && settlement.endSubCode === end.acsSubCode) || settlement.evidence?.([], about));
  const connection = isByEvent && settlement.connects ? connectionOf(call) : 'absent';
  if (settlement?.by === 'callEnd' || isProven || connection === 'shown') {
    return succeeded(now);
  }
  if (connection === 'unknown') {
    const error: OperationError = { code: 'outcomeUnknown', message: messages.connectionUnknown, source: 'app' };
    return { status: 'indeterminate', settledBy: 'event', settledAt: now, error };
  }
  const error: OperationError = {
    code: 'callEnded',
    message: 'The call ended before the operation settled.',
    source: end ? 'acs' : 'app',
    ...(end && acsCodesOf(end)),
  };
  return { status: 'failed', settledBy: 'event', settledAt: now, error };
}

/** Sub-codes with which only a connected call ends: a phone user hung up (ACS-D13), or a transfer is complete. */
const endsOfConnected: readonly number[] = [540000, 560000, 7015];

/** Sub-codes of calls that were not connected: rejected (ACS-R2), no signalling from the callee. */
const endsOfUnconnected: readonly number[] = [5002, 10037, 10057];

/** The app ended the call (ACS-R19), after it had read that the call was not connected, if it was not. */
const endByApp = 7000;

/** Whether the call had been connected, by what is known of it and by the sub-code of its end. */
function connectionOf({ connectedAt, isConnectionUnknown, end }: EndedCall): 'shown' | 'absent' | 'unknown' {
  const { acsSubCode = 0 } = end ?? {};
  if (connectedAt !== undefined || endsOfConnected.includes(acsSubCode)) {
    return 'shown';
  }
  const wasRead = acsSubCode === endByApp && !isConnectionUnknown;
  return wasRead || endsOfUnconnected.includes(acsSubCode) || isSipFailure(acsSubCode) ? 'absent' : 'unknown';
}

/** A telephone leg that a SIP status ended: 560486 is busy (ACS-D13), 540487 a caller who hung up first. */
function isSipFailure(subCode: number): boolean {
  return [540, 560].includes(Math.floor(subCode / 1000)) && subCode % 1000 >= 300;
}

/** The outcome with what ACS's response brought, unless its event reports a result itself. */
export function withResult(outcome: Outcome, result: Outcome['result']): Outcome {
  return result ? { ...outcome, result: outcome.result ?? result } : outcome;
}

/** An outcome that is no failure; with an event, the result that it reports. */
export function succeeded(now: string, status: 'succeeded' | 'canceled' = 'succeeded', event?: CallEvent): Outcome {
  return { status, settledBy: 'event', settledAt: now, ...(event?.detail && { result: event.detail }) };
}

const messages = {
  outcomeUnknown: 'ACS did not respond, and neither an event nor a read of the call shows whether it acted.',
  noEventInTime: 'ACS accepted the operation, but no event reported its outcome in time.',
  connectionUnknown: 'The call ended, and neither an event nor its end shows whether it had been connected.',
  callUnknown:
    'Neither the response of ACS nor an event has named the call, so it may or may not exist: its status is unknown until an ' +
    'event names it, and a hang-up is sent then.',
} as const;

/** The outcome of an operation whose event is overdue; unconfirmed also means that ACS never responded. */
export function outcomeOfDeadline(isUnconfirmed: boolean, isCallNamed: boolean, now: string): Outcome {
  const status = isUnconfirmed ? 'indeterminate' : 'timedOut';
  const code = isUnconfirmed ? 'outcomeUnknown' : 'noEventInTime';
  const message = messages[isUnconfirmed && !isCallNamed ? 'callUnknown' : code];
  return { status, settledBy: 'deadline', settledAt: now, error: { code, message, source: 'app' } };
}

function failed(event: CallEvent, now: string): Outcome {
  const { kind, result, detail } = event;
  const error: OperationError = {
    code: `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`,
    message: result?.message || `ACS reported ${kind}.`,
    source: 'acs',
    ...(result && { acsCode: result.code, acsSubCode: result.subCode, acsMessage: result.message }),
  };
  return { status: 'failed', settledBy: 'event', settledAt: now, ...(detail && { result: detail }), error };
}
