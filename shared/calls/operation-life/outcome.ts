/** The outcome of an operation that an event tells. Pure. */
import type { OperationError, Outcome } from '../call.ts';
import type { CallEvent } from '../event.ts';
import type { Settlement } from './settlement.ts';

/** What the event tells of an operation that settles so; undefined when it tells nothing. */
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

/** An outcome that is no failure; with an event, the result that it tells. */
export function succeeded(now: string, status: 'succeeded' | 'canceled' = 'succeeded', event?: CallEvent): Outcome {
  return { status, settledBy: 'event', settledAt: now, ...(event?.detail && { result: event.detail }) };
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
