/**
 * The operations of a call that are over. Their events may still come: tones after continuous DTMF was started, the end
 * of the call under the id of the operation that made it. So a call remembers the last of them, and whose they were. Pure.
 */
import type { CallRecord } from '../call.ts';
import type { Origin } from '../origin.ts';
import { withoutBuffered } from './buffered-events.ts';

/** How many a call remembers; of an older one the intent must be read. */
const maxRecentlySettled = 50;

/** The call after an operation was closed. */
export function withSettled(call: CallRecord, operationId: string, origin: Origin = {}): CallRecord {
  const others = Object.entries(call.recentlySettled).filter(([id]) => id !== operationId);
  const closed = Object.fromEntries([...others.slice(1 - maxRecentlySettled), [operationId, origin]]);
  return { ...withoutBuffered(call, operationId), recentlySettled: closed };
}

/** Where an operation comes from that ACS took; undefined when the call does not know it (any more). */
export function originIn(call: CallRecord, operationId: string): Origin | undefined {
  const operation = call.open[operationId];
  return operation ? (operation.origin ?? {}) : call.recentlySettled[operationId];
}

/** Whether the call may have forgotten operations. */
export function mayHaveDroppedSettled(call: CallRecord): boolean {
  return Object.keys(call.recentlySettled).length >= maxRecentlySettled;
}

/** Whether ACS's answer to an operation has been written: it must not be written again over what came since. */
export function hasStoredResponse(call: CallRecord, operationId: string): boolean {
  const operation = call.open[operationId];
  return operation ? operation.unconfirmed === undefined : call.recentlySettled[operationId] !== undefined;
}
