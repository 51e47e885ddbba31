/** Sends the outbox messages that a crash or an unavailable queue left with a call. */
import { publish } from '../commit.ts';
import type { CallWriter } from '../ledger.ts';

/**
 * Sends the messages that are too old to be on their way; true when none is left. A message that was sent after all is sent
 * again, under the same id.
 */
export async function publishOutbox(ledger: CallWriter, callId: string): Promise<boolean> {
  const before = Date.parse(ledger.now()) - ledger.notifier.sweepAfterSeconds * 1000;
  const boxes = await ledger.calls.readOutbox(callId);
  for (const { writtenAt, messages } of boxes) {
    if (Date.parse(writtenAt) <= before) {
      ledger.log.outboxSent({ callId, messages: messages.length });
      await publish(ledger, callId, messages);
    }
  }
  return boxes.length === 0;
}
