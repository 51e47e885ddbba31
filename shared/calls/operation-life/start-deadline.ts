/**
 * Operations whose beginning ACS tells. When its answer to one was lost and no beginning is told, it was not done: nobody
 * has to wait until its end would be due. Pure.
 */
import type { CallRecord, OpenOperation } from '../call.ts';
import type { CallEvent, RawEvent } from '../event.ts';
import type { Settlement, Settlements } from './settlement.ts';

/**
 * By when an operation begins whose answer was lost at `now`; undefined when that is not told, was told already (`held` are
 * the events that came before), or when it may be queued behind other media operations of the call.
 */
export function startDeadline(
  { open }: CallRecord,
  settlement: Settlement,
  held: readonly RawEvent[],
  now: string,
): string | undefined {
  const begins = settlement.by === 'event' ? settlement.start : undefined;
  const isQueued = Object.values(open).some(({ media, presumed }) => media !== undefined && presumed === undefined);
  if (!begins || isQueued || held.some(({ type }) => type.endsWith(`.${begins.kind}`))) {
    return undefined;
  }
  return new Date(Date.parse(now) + begins.withinSeconds * 1000).toISOString();
}

/** The call once an event has told that an operation began: ACS has taken it, whatever became of the answer. */
export function withStartConfirmed(call: CallRecord, event: CallEvent, settlements: Settlements): CallRecord {
  const id = event.operationContext ?? '';
  const operation = call.open[id];
  const settlement = settlements.get(operation?.name ?? '');
  if (!operation || settlement?.by !== 'event' || settlement.start?.kind !== event.kind) {
    return call;
  }
  const { unconfirmed: _, startDueAt: __, ...taken } = operation;
  return { ...call, open: { ...call.open, [id]: taken } };
}

/** When an operation of which nothing more was heard is looked up at ACS. */
export function readDueAt({ startDueAt: begins, dueAt }: OpenOperation): string {
  return begins ?? dueAt;
}
