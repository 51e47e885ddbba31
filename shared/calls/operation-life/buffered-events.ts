/** What is known of operations whose events overtook the answer of ACS: nobody can tell yet which operation it is. Pure. */
import type { BufferedEvents, CallRecord, Outcome } from '../call.ts';
import type { CallEvent, RawEvent } from '../event.ts';
import type { Settlement } from './settlement.ts';

/** Keeps the outcome that an event tells. A failure stands, whatever the events of other participants tell before or after it. */
export function bufferOutcome(
  call: CallRecord,
  operationId: string,
  outcome: Outcome,
  { participant }: CallEvent,
): CallRecord {
  const known = bufferedOf(call, operationId, outcome.settledAt);
  return withBuffered(call, operationId, {
    ...known,
    outcome: known.outcome?.status === 'failed' ? known.outcome : outcome,
    participants: [...known.participants, ...(participant === undefined ? [] : [participant])],
  });
}

/** Keeps the event itself until it is known who shall be told of it. */
export function bufferEvent(call: CallRecord, operationId: string, event: RawEvent, now: string): CallRecord {
  const known = bufferedOf(call, operationId, now);
  return withBuffered(call, operationId, { ...known, events: [...known.events, event] });
}

/**
 * What events that overtook the answer of ACS tell of an operation about these participants: its outcome, unless each
 * has an event of its own and some have not come; `left` are those.
 */
export function bufferedOutcome(
  early: BufferedEvents | undefined,
  settlement: Settlement | undefined,
  about: readonly string[],
): { readonly outcome: Outcome | undefined; readonly left: readonly string[] } {
  const left =
    settlement?.by === 'event' && settlement.each ? about.filter((one) => !early?.participants.includes(one)) : about;
  const isPartial = left !== about && left.length > 0 && early?.outcome?.status === 'succeeded';
  return { outcome: isPartial ? undefined : early?.outcome, left };
}

/** The call without what it kept of an operation. */
export function withoutBuffered(call: CallRecord, operationId: string): CallRecord {
  const { [operationId]: _, ...early } = call.buffered;
  return { ...call, buffered: early };
}

function bufferedOf(call: CallRecord, operationId: string, now: string): BufferedEvents {
  return call.buffered[operationId] ?? { since: now, participants: [], events: [] };
}

function withBuffered(call: CallRecord, operationId: string, early: BufferedEvents): CallRecord {
  return { ...call, buffered: { ...call.buffered, [operationId]: early } };
}
