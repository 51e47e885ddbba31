/** Sends what a crash, or a queue that was away, left in the outbox of a call. */
import { publish } from '../commit.ts';
import type { CallWriter } from '../ledger.ts';

/** Sends what is left for long enough not to be on its way; true when nothing is left. A letter that was sent after all goes out twice, under the same id. */
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
