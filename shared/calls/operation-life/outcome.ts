/** How an operation ended and why it failed, as its own event, its call's end or the lack of an event says. Pure. */
import type { CallEvent } from '../event.ts';
import type { Settlement } from './settlement.ts';

/** Why an operation failed: reported by ACS, with its codes, or concluded by the app. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly source: 'acs' | 'app';
  readonly acsCode?: string;
  readonly acsSubCode?: number;
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

/** The outcome that the event reports of an operation that settles so; undefined when it reports none. */
export function outcomeOfEvent(settlement: Settlement | undefined, event: CallEvent, now: string): Outcome | undefined {
  if (settlement?.by !== 'event') {
    const isFailure = settlement?.by === 'participants' && settlement.failure?.includes(event.kind);
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

/**
 * The outcome of an operation that is open when its call ends: a hang-up has succeeded, and so has one whose effect an empty
 * call or the way that the call ended proves. Any other can no longer take effect.
 */
export function outcomeOfCallEnd(
  end: { readonly acsCode: number; readonly acsSubCode: number } | undefined,
  settlement: Settlement | undefined,
  about: readonly string[],
  now: string,
): Outcome {
  const isByEvent = settlement?.by === 'event';
  const isProven = isByEvent && ((end && settlement.endSubCode === end.acsSubCode) || settlement.evidence?.([], about));
  if (settlement?.by === 'callEnd' || isProven) {
    return succeeded(now);
  }
  const error: OperationError = {
    code: 'callEnded',
    message: 'The call ended before the operation settled.',
    source: end ? 'acs' : 'app',
    ...(end && { acsCode: String(end.acsCode), acsSubCode: end.acsSubCode }),
  };
  return { status: 'failed', settledBy: 'event', settledAt: now, error };
}

/** An outcome that is no failure; with an event, the result that it reports. */
export function succeeded(now: string, status: 'succeeded' | 'canceled' = 'succeeded', event?: CallEvent): Outcome {
  return { status, settledBy: 'event', settledAt: now, ...(event?.detail && { result: event.detail }) };
}

const messages = {
  outcomeUnknown: 'ACS did not respond, and neither an event nor a read of the call shows whether it acted.',
  noEventInTime: 'ACS accepted the operation, but no event reported its outcome in time.',
} as const;

/** The outcome of an operation whose event is overdue; unknown also means that ACS never responded. */
export function outcomeOfDeadline(isUnconfirmed: boolean, now: string): Outcome {
  const status = isUnconfirmed ? 'indeterminate' : 'timedOut';
  const code = isUnconfirmed ? 'outcomeUnknown' : 'noEventInTime';
  return { status, settledBy: 'deadline', settledAt: now, error: { code, message: messages[code], source: 'app' } };
}

function failed(event: CallEvent, now: string): Outcome {
  const { kind, result, detail } = event;
  const error: OperationError = {
    code: `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`,
    message: result?.message || `ACS reported ${kind}.`,
    source: 'acs',
    ...(result && { acsCode: String(result.code), acsSubCode: result.subCode }),
  };
  return { status: 'failed', settledBy: 'event', settledAt: now, ...(detail && { result: detail }), error };
}
