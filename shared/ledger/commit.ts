/**
 * Writes a change of a call together with its outbox messages, and then queues these. What a crash leaves unsent is in the
 * call's outbox, where housekeeping finds it. Without subscribers this is the write alone.
 */
import { type CallRecord, isOver } from '../calls/call.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { errorName } from '../errors.ts';
import type { Change } from '../storage/calls.ts';
import type { Refusal } from '../storage/tables.ts';
import type { Notification, OutboxMessage } from '../webhooks/outbox-message.ts';
import type { CallWriter } from './ledger.ts';

/**
 * Writes a change whole or not at all, and wakes the sequences that it concerns. Receivers never delay it, and a queue that is
 * unavailable does not undo it.
 */
export async function commit(
  ledger: CallWriter,
  change: Change,
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
    await Promise.all([publish(ledger, record.callId, messages), ...concerned.map((id) => ledger.wake(id))]);
  }
  return outcome;
}

/** Records an incoming call once; see `commit`. */
export async function commitIncomingCall(
  ledger: CallWriter,
  ringing: CallRecord,
  event: TimelineEntry,
  notifications: readonly Notification[],
): Promise<Refusal | 'written'> {
  const messages = await ledger.notifier.address(notifications);
  const outcome = await ledger.calls.insertIncomingCall(withOutbox(ringing, messages), event, messages);
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
