/**
 * Writes a change of a call together with its outbox messages, and then queues these. What a crash leaves unsent is in the
 * call's outbox, where housekeeping finds it. Without subscribers this is the write alone.
 */
import { type CallRecord, isOver } from '../calls/call.ts';
import { haveSameTerms } from '../calls/facets.ts';
import { isUnsuccessful } from '../calls/operation-life/operation-record.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { errorName } from '../errors.ts';
import type { Change } from '../storage/calls.ts';
import type { IndexedOperation } from '../storage/operation-index.ts';
import type { Refusal } from '../storage/tables.ts';
import type { Notification, OutboxMessage } from '../webhooks/outbox-message.ts';
import type { CallWriter } from './ledger.ts';

/** A change, and the call as it was before. */
type CallChange = Change & { readonly before: CallRecord };

/**
 * Writes a change whole or not at all, and wakes the sequences that it concerns. Receivers never delay it, and a queue that is
 * unavailable does not undo it. The index follows when its caller has an answer.
 */
export async function commit(
  ledger: CallWriter,
  { before, ...change }: CallChange,
  notifications: readonly Notification[],
  concerned: readonly string[] = [],
): Promise<Refusal | 'written'> {
  const messages = await ledger.notifier.address(notifications);
  const record = withOutbox(change.call.record, messages);
  const isToBeKept = messages.length > 0 || Object.keys(record.buffered).length > 0;
  if (isToBeKept && isOver(record)) {
    await ledger.index.reopen(record, ledger.now());
  }
  const outcome = await ledger.calls.write({ ...change, call: { ...change.call, record }, outbox: messages });
  if (outcome === 'written') {
    indexBehind(ledger, before, record, unsuccessfulIn(before, change));
    changeSlotBehind(ledger, before, record);
    await Promise.all([publish(ledger, record.callId, messages), ...concerned.map((id) => ledger.wake(id))]);
  }
  return outcome;
}

/** Indexes a call anew where the change concerns what it is searched by. Housekeeping makes up for what a crash loses. */
function indexBehind(
  { writeBehind, index, operationIndex, calls, backgroundLog }: CallWriter,
  before: CallRecord,
  after: CallRecord,
  unsuccessful: readonly IndexedOperation[],
): void {
  const { callId } = after;
  const onFailure = (error: unknown) => backgroundLog.callNotIndexed({ callId, error: errorName(error) });
  if (!haveSameTerms(before, after)) {
    writeBehind.run(callId, () => index.update(before, after, calls.readCall), onFailure);
  }
  if (unsuccessful.length > 0) {
    writeBehind.run(`${callId}:${unsuccessful[0]?.operationId}`, () => operationIndex.add(unsuccessful), onFailure);
  }
}

/** The operations that a change settles without success. Its timeline names them, and when they were requested. */
function unsuccessfulIn(before: CallRecord, { call, timeline = [] }: Change): IndexedOperation[] {
  return timeline.flatMap(({ kind, status, operationId, operation: name }) => {
    const isSettled = kind === 'settled' && operationId !== undefined && name !== undefined && status !== undefined;
    if (!isSettled || !isUnsuccessful(status)) {
      return [];
    }
    const request = timeline.find((one) => one.kind === 'requested' && one.operationId === operationId);
    const createdAt = request?.at ?? before.open[operationId]?.askedAt;
    return createdAt === undefined ? [] : [{ operationId, callId: call.record.callId, createdAt, name, status }];
  });
}

/** A call that is over holds no slot, and one that an event revives holds its own. Housekeeping makes up for what a crash loses. */
function changeSlotBehind(ledger: CallWriter, before: CallRecord, after: CallRecord): void {
  const { callId, slot } = before;
  if (slot !== undefined && isOver(before) !== isOver(after)) {
    const onFailure = (error: unknown) => ledger.backgroundLog.slotNotChanged({ callId, error: errorName(error) });
    const change = () => (isOver(after) ? ledger.freeSlot(callId) : ledger.holdSlot(after));
    ledger.writeBehind.run(`slot:${callId}`, change, onFailure);
  }
}

/** Records an incoming call once; see `commit`. */
export async function commitIncomingCall(
  ledger: CallWriter,
  ringing: CallRecord,
  entries: readonly TimelineEntry[],
  notifications: readonly Notification[],
): Promise<Refusal | 'written'> {
  const messages = await ledger.notifier.address(notifications);
  const outcome = await ledger.calls.insertIncomingCall(withOutbox(ringing, messages), entries, messages);
  if (outcome === 'written') {
    await publish(ledger, ringing.callId, messages);
  }
  return outcome;
}

/** Queues the messages of a call's outbox, and removes them. While the queue is unavailable they stay there. */
export async function publish(ledger: CallWriter, callId: string, messages: readonly OutboxMessage[]): Promise<void> {
  if (messages.length === 0) {
    return;
  }
  try {
    await ledger.notifier.send(messages);
    await ledger.calls.clearOutbox(callId, messages);
  } catch (error) {
    ledger.log.notificationsNotQueued({ callId, error: errorName(error) });
  }
}

function withOutbox(record: CallRecord, messages: readonly OutboxMessage[]): CallRecord {
  return messages.length === 0 ? record : { ...record, hasOutbox: true };
}
