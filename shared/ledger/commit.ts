/**
 * Writes a change of a call together with the letters to those who are told of it, and then sends them. What a crash
 * leaves unsent is in the call's outbox, where housekeeping finds it. Where nobody is told, this is the write alone.
 */
import { type CallRecord, isOver } from '../calls/call.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { errorName } from '../errors.ts';
import type { Change } from '../storage/calls.ts';
import type { Refusal } from '../storage/tables.ts';
import type { Notification, OutboxMessage } from '../webhooks/outbox-message.ts';
import type { CallWriter } from './ledger.ts';

/**
 * Writes a change whole or not at all, and wakes the sequences that it concerns. Receivers never delay it; a queue that is
 * away does not undo it.
 */
export async function commit(
  ledger: CallWriter,
  change: Change,
  news: readonly Notification[],
  concerned: readonly string[] = [],
): Promise<Refusal | 'written'> {
  const letters = await ledger.notifier.address(news);
  const record = withOutbox(change.call.record, letters);
  const isToBeKept = letters.length > 0 || Object.keys(record.buffered).length > 0;
  if (isToBeKept && isOver(record)) {
    await ledger.index.reopen(record, ledger.now());
  }
  const outcome = await ledger.calls.write({ ...change, call: { ...change.call, record }, outbox: letters });
  if (outcome === 'written') {
    await Promise.all([publish(ledger, record.callId, letters), ...concerned.map((id) => ledger.wake(id))]);
  }
  return outcome;
}

/** Records an incoming call once; see `commit`. */
export async function commitIncomingCall(
  ledger: CallWriter,
  ringing: CallRecord,
  event: TimelineEntry,
  news: readonly Notification[],
): Promise<Refusal | 'written'> {
  const letters = await ledger.notifier.address(news);
  const outcome = await ledger.calls.insertIncomingCall(withOutbox(ringing, letters), event, letters);
  if (outcome === 'written') {
    await publish(ledger, ringing.callId, letters);
  }
  return outcome;
}

/** Sends letters that are in a call's outbox, and takes them out. When the queue does not take them they stay there. */
export async function publish(ledger: CallWriter, callId: string, letters: readonly OutboxMessage[]): Promise<void> {
  if (letters.length === 0) {
    return;
  }
  try {
    await ledger.notifier.send(letters);
    await ledger.calls.clearOutbox(callId, letters);
  } catch (error) {
    ledger.log.notificationsNotQueued({ callId, error: errorName(error) });
  }
}

function withOutbox(record: CallRecord, letters: readonly OutboxMessage[]): CallRecord {
  return letters.length === 0 ? record : { ...record, hasOutbox: true };
}
