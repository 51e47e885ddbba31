/**
 * The operations of a call that are over. Their events may still come: tones after continuous DTMF was started, the end
 * of the call under the id of the operation that made it. So a call remembers the last of them, and whose they were. Pure.
 */
import type { CallRecord } from './call.ts';
import { withoutEarly } from './early.ts';
import type { Origin } from './origin.ts';

/** How many a call remembers; of an older one the intent must be read. */
const maxClosed = 50;

/** The call after an operation was closed. */
export function withClosed(call: CallRecord, operationId: string, origin: Origin = {}): CallRecord {
  const others = Object.entries(call.closed).filter(([id]) => id !== operationId);
  const closed = Object.fromEntries([...others.slice(1 - maxClosed), [operationId, origin]]);
  return { ...withoutEarly(call, operationId), closed };
}

/** Where an operation comes from that ACS took; undefined when the call does not know it (any more). */
export function originIn(call: CallRecord, operationId: string): Origin | undefined {
  const operation = call.open[operationId];
  return operation ? (operation.origin ?? {}) : call.closed[operationId];
}

/** Whether the call may have forgotten operations. */
export function isForgetful(call: CallRecord): boolean {
  return Object.keys(call.closed).length >= maxClosed;
}

/** Whether ACS's answer to an operation has been written: it must not be written again over what came since. */
export function isAnswered(call: CallRecord, operationId: string): boolean {
  const operation = call.open[operationId];
  return operation ? operation.unconfirmed === undefined : call.closed[operationId] !== undefined;
}
