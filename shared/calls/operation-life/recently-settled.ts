/**
 * The operations of a call that settled last, with their origins. Their events may still arrive: tones after continuous DTMF
 * was started, the end of the call under the id of the operation that made it. Pure.
 */
import type { CallRecord } from '../call.ts';
import type { Origin } from '../origin.ts';
import { withoutBuffered } from './buffered-events.ts';

/** How many a call keeps; of an older one the intent must be read. */
const maxRecentlySettled = 50;

/** The call after an operation settled. */
export function withSettled(call: CallRecord, operationId: string, origin: Origin = {}): CallRecord {
  const others = Object.entries(call.recentlySettled).filter(([id]) => id !== operationId);
  const settled = Object.fromEntries([...others.slice(1 - maxRecentlySettled), [operationId, origin]]);
  return { ...withoutBuffered(call, operationId), recentlySettled: settled };
}

/** The origin of an operation that ACS accepted; undefined when the call does not have it, or no longer has it. */
export function originIn(call: CallRecord, operationId: string): Origin | undefined {
  const operation = call.open[operationId];
  return operation ? (operation.origin ?? {}) : call.recentlySettled[operationId];
}

/** Whether the call may have dropped operations that settled. */
export function mayHaveDroppedSettled(call: CallRecord): boolean {
  return Object.keys(call.recentlySettled).length >= maxRecentlySettled;
}

/** Whether the response to an operation is stored: it must not be stored again over what happened since. */
export function hasStoredResponse(call: CallRecord, operationId: string): boolean {
  const operation = call.open[operationId];
  return operation ? operation.life.state !== 'unconfirmed' : call.recentlySettled[operationId] !== undefined;
}
