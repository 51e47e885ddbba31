/**
 * The steps of a pass, in their order: the calls are found, then removed, then everything else that names the person or one
 * of the calls. Each handles one page at a time, and may be repeated.
 */
import type { Term } from '../calls/facets.ts';
import type { Intent } from '../calls/operation-life/operation-record.ts';
import { endedEntry } from '../sequences/runtime/advance.ts';
import { fromEntity } from '../storage/document.ts';
import type { ScannedRow } from '../storage/table-scan.ts';
import { eraseCall } from './erase-call.ts';
import { type StepOutcome, type Subject, sum } from './erasure.ts';
import { type Mentions, textWithEvent } from './mentions.ts';
import type { ErasureParts } from './parts.ts';

/** What a step works on. */
export interface Work {
  readonly erasureId: string;
  readonly subject: Subject;
  readonly mentions: Mentions;
  /** The calls that are found so far; true for those that are removed. */
  readonly calls: ReadonlyMap<string, boolean>;
}

/** One step, from a position on. */
export type Step = (parts: ErasureParts, work: Work, position: string | undefined) => Promise<StepOutcome>;

const [callsPerPage, eventsPerPage] = [20, 500];

/** The lists of calls in which a person is found, by facet. */
const personTerms: readonly Omit<Term, 'value'>[] = [
  { list: 'calls', facet: 'participant' },
  { list: 'calls', facet: 'from' },
  { list: 'calls', facet: 'to' },
  { list: 'incomingCalls', facet: 'from' },
  { list: 'incomingCalls', facet: 'to' },
];

/** Finds calls by the index: a page of one of its lists. Of a position, the part before the space is the list. */
const findCalls: Step = async ({ ledger, store }, { erasureId, subject }, position = '0 ') => {
  if ('callId' in subject) {
    return { found: await store.addCalls(erasureId, [subject.callId]) };
  }
  const [list = '', ...rest] = position.split(' ');
  const at = rest.join(' ');
  const term = personTerms[Number(list)];
  if (!term) {
    return {};
  }
  const page = await ledger.index.search(
    { ...term, value: subject.participant },
    'newest',
    {},
    callsPerPage,
    at === '' ? undefined : at,
  );
  const found = await store.addCalls(
    erasureId,
    page.items.map(({ callId }) => callId),
  );
  const next = page.nextCursor === undefined ? `${Number(list) + 1} ` : `${list} ${page.nextCursor}`;
  return { found, next };
};

/** The call of a row, and of an intent its operation. */
function idsOf({ partitionKey, rowKey, entity }: ScannedRow): Partial<Intent> & Pick<Intent, 'callId'> {
  return rowKey === 'intent' ? fromEntity<Intent>(entity) : { callId: partitionKey };
}

/**
 * Finds what the index does not lead to: calls of which any row names the person, and rows of calls that are gone, such as
 * intents that a crash left before anything else was stored of them.
 */
const searchLedger: Step = async (parts, { erasureId, subject, mentions, calls }, position) => {
  const { ledger, removal, store, intents, ledgerRows } = parts;
  const { rows, next } = await ('callId' in subject ? intents : ledgerRows)(position);
  const named = new Set<string>();
  const removed = { operations: 0, rows: 0 };
  const isWanted = (row: ScannedRow) =>
    mentions.person(row.text) || (row.rowKey === 'intent' && calls.has(idsOf(row).callId));
  for (const { callId, operationId } of rows.filter(isWanted).map(idsOf)) {
    const isGone = calls.get(callId) ?? !(await ledger.calls.readCall(callId));
    if (!isGone) {
      named.add(callId);
    } else if (operationId === undefined) {
      removed.rows += await removal.remove(callId);
    } else {
      await ledger.calls.removeIntent(operationId);
      removed.operations += 1;
    }
  }
  return {
    removed,
    found: await store.addCalls(erasureId, [...named]),
    next,
  };
};

/** Removes the calls that are over. */
const removeCalls: Step = async (parts, { erasureId }, position) => {
  const page = await parts.store.calls(erasureId, callsPerPage, position);
  let all: StepOutcome = { next: page.nextCursor };
  for (const call of page.items) {
    const one = await eraseCall(parts, erasureId, call);
    all = {
      ...all,
      found: (all.found ?? 0) + (one.found ?? 0),
      waitingFor: sum(all.waitingFor ?? {}, one.waitingFor ?? {}),
    };
  }
  return all;
};

/** Removes sequences that have ended, with the history of their orchestrations; the others are waited for. */
const removeSequences: Step = async ({ sequenceRows, sequences: { store, purge } }, { mentions }, position) => {
  const { rows, next } = await sequenceRows(position);
  const named = new Set(rows.filter(({ text }) => mentions.any(text)).map(({ partitionKey }) => partitionKey));
  const [removed, waiting] = [new Set<string>(), new Set<string>()];
  for (const sequenceId of named) {
    const [stored, known] = await Promise.all([store.readState(sequenceId), store.readPlan(sequenceId)]);
    if (stored?.state.phase === 'ended' && known) {
      await purge(sequenceId);
      await store.remove(endedEntry(known.plan, stored.state));
      removed.add(sequenceId);
    } else {
      waiting.add(sequenceId);
    }
  }
  return { removed: { sequences: removed.size }, waitingFor: { sequences: waiting.size }, next };
};

/** Removes the routing rules that name the person. */
const removeRules: Step = async ({ rules }, { mentions }) => {
  const named = (await rules.all()).filter((rule) => mentions.person(JSON.stringify(rule)));
  for (const { ruleId } of named) {
    await rules.delete(ruleId);
  }
  return { removed: { routingRules: named.length } };
};

/** Removes logged events. */
const removeEvents: Step = async ({ eventLog }, { mentions }, position) => {
  const { items, positions, nextCursor } = await eventLog.all(eventsPerPage, position);
  const named = items.flatMap((event, at) =>
    mentions.any(JSON.stringify(event)) ? [[String(positions[at]), event] as const] : [],
  );
  await eventLog.remove(named);
  return { removed: { events: named.length }, next: nextCursor };
};

/** Removes stored deliveries. A message that waits for another attempt is dropped once its delivery is not stored any more. */
const removeDeliveries: Step = async ({ deliveryRows, deliveries }, { mentions }, position) => {
  const { rows, next } = await deliveryRows(position);
  const named = rows.filter((row: ScannedRow) => mentions.any(textWithEvent(row.text)));
  for (const { partitionKey, rowKey } of named) {
    await deliveries.remove(partitionKey, rowKey);
  }
  return { removed: { deliveries: named.length }, next };
};

/** Removes what the poison queues keep, and waits for messages that the triggers are about to take. */
const removeMessages: Step = async ({ queues }, { mentions }) => {
  const matches = (text: string) => mentions.any(textWithEvent(text));
  const queueMessages = await queues.removePoison(matches);
  return { removed: { queueMessages }, waitingFor: { queueMessages: await queues.countPending(matches) } };
};

/** Removes events that Event Grid could not deliver. */
const removeDeadLetters: Step = async ({ deadLetters }, { mentions }, position) => {
  const outcome = await deadLetters.remove(mentions.any, position);
  return outcome === 'forbidden'
    ? { kept: [{ kind: 'deadLetters', reason: 'forbidden', count: 1, at: 'dead-letters' }] }
    : { removed: { deadLetters: outcome.removed }, next: outcome.next };
};

export const steps: readonly Step[] = [
  findCalls,
  searchLedger,
  removeCalls,
  removeSequences,
  removeRules,
  removeEvents,
  removeDeliveries,
  removeMessages,
  removeDeadLetters,
];
