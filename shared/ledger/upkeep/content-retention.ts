/** Removes digits, speech and prompts of calls that have been over for longer than these are kept; the calls stay. */
import { withoutDigits } from '../../calls/continuous-dtmf.ts';
import type { CallContent } from '../../storage/call-content.ts';
import type { IndexedKept } from '../../storage/call-index-rows.ts';
import { changeCall } from '../change-call.ts';
import type { CallWriter, Ledger } from '../ledger.ts';
import { dueOf } from './kept-apart.ts';
import { removeExpired } from './retention.ts';

/** Removes the content of the calls that have been over for longest; a run that is interrupted leaves the rest to the next. */
export function removeExpiredContent(
  ledger: CallWriter & Pick<Ledger, 'index' | 'now' | 'log'>,
  { content, contentDays = 0 }: { readonly content: CallContent; readonly contentDays?: number | undefined },
  most?: number,
): Promise<void> {
  const { index } = ledger;
  const remove = async (kept: IndexedKept) => {
    const call = await dueOf(ledger, 'content', kept);
    if (!call) {
      return 0;
    }
    if (withoutDigits(call)) {
      // First of all: no reader is to see a list of digits that is shorter than it was.
      await changeCall(ledger, kept.callId, withoutDigits);
    }
    const rows = await content.remove(kept.callId);
    await index.dropKept('content', kept);
    return rows;
  };
  const listOver = (limit: number) => index.listKept('content', limit);
  return removeExpired(ledger, contentDays, { what: 'contents', listOver, remove }, most);
}
