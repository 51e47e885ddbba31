/** What is known of operations whose events overtook the answer of ACS: nobody can tell yet which operation it is. Pure. */
import type { CallRecord, Early, Outcome } from './call.ts';
import type { CallEvent, RawEvent } from './event.ts';
import type { Settlement } from './settlement.ts';

/** Keeps the outcome that an event tells. A failure stands, whatever the events of other participants tell before or after it. */
export function tellEarly(
  call: CallRecord,
  operationId: string,
  outcome: Outcome,
  { participant }: CallEvent,
): CallRecord {
  const known = earlyOf(call, operationId, outcome.settledAt);
  return withEarly(call, operationId, {
    ...known,
    outcome: known.outcome?.status === 'failed' ? known.outcome : outcome,
    participants: [...known.participants, ...(participant === undefined ? [] : [participant])],
  });
}

/** Keeps the event itself until it is known who shall be told of it. */
export function holdEvent(call: CallRecord, operationId: string, event: RawEvent, now: string): CallRecord {
  const known = earlyOf(call, operationId, now);
  return withEarly(call, operationId, { ...known, held: [...known.held, event] });
}

/**
 * What events that overtook the answer of ACS tell of an operation about these participants: its outcome, unless each
 * has an event of its own and some have not come; `left` are those.
 */
export function outcomeOfEarly(
  early: Early | undefined,
  settlement: Settlement | undefined,
  about: readonly string[],
): { readonly outcome: Outcome | undefined; readonly left: readonly string[] } {
  const left =
    settlement?.by === 'event' && settlement.each ? about.filter((one) => !early?.participants.includes(one)) : about;
  const isPartial = left !== about && left.length > 0 && early?.outcome?.status === 'succeeded';
  return { outcome: isPartial ? undefined : early?.outcome, left };
}

/** The call without what it kept of an operation. */
export function withoutEarly(call: CallRecord, operationId: string): CallRecord {
  const { [operationId]: _, ...early } = call.early;
  return { ...call, early };
}

function earlyOf(call: CallRecord, operationId: string, now: string): Early {
  return call.early[operationId] ?? { since: now, participants: [], held: [] };
}

function withEarly(call: CallRecord, operationId: string, early: Early): CallRecord {
  return { ...call, early: { ...call.early, [operationId]: early } };
}
