/** Sends what a crash, or a queue that was away, left in the outbox of a call. */
import { send } from './commit.ts';
import type { Ledger } from './ledger.ts';

/** Younger letters are on their way as a rule. */
const sweepAfterSeconds = 60;

/** Sends what is left; true when nothing was. A letter that was sent after all goes out twice, under the same id. */
export async function sweepOutbox(ledger: Ledger, callId: string): Promise<boolean> {
  const boxes = await ledger.calls.readOutbox(callId);
  for (const { writtenAt, letters } of boxes) {
    if (Date.parse(ledger.now()) - Date.parse(writtenAt) >= sweepAfterSeconds * 1000) {
      ledger.log.outboxSwept({ callId, letters: letters.length });
      await send(ledger, callId, letters);
    }
  }
  return boxes.length === 0;
}
