/**
 * Removes the intents that a crash left before anything else was stored of their operation, and what they hold of digits and
 * prompts: no row of a call leads to them, so the table is searched, once a day.
 */
import { isOver } from '../../calls/call.ts';
import { inputWithoutContent } from '../../calls/masking.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { overOf } from '../../storage/call-index-rows.ts';
import { fromEntity } from '../../storage/document.ts';
import type { Ledger } from '../ledger.ts';
import { dayMs, type Retention } from './retention.ts';

/** Pages of up to 1,000 intents in one run (Switchboard's choice); the next run goes on. */
const mostPages = 50;

/** Removes those that are older than calls are kept, and whose call is gone; of others what is no longer kept. */
export async function removeOrphanIntents(
  { calls, now, log }: Pick<Ledger, 'calls' | 'now' | 'log'>,
  { days, contentDays, content, intents, intentScan }: Omit<Retention, 'removal' | 'recordingDays'>,
  most = mostPages,
): Promise<void> {
  if (days === 0 && contentDays === undefined) {
    return;
  }
  const before = (howManyDays: number) => new Date(Date.parse(now()) - howManyDays * dayMs).toISOString();
  const { position: start, doneAt = '' } = await intentScan.read();
  if (start === undefined && doneAt > before(1)) {
    return;
  }

  /** Whether it was removed. */
  async function removeOrphan({ operationId, callId, createdAt, input }: Intent): Promise<boolean> {
    const isOld = days > 0 && createdAt <= before(days);
    const hasOldContent =
      contentDays !== undefined && createdAt <= before(contentDays) && inputWithoutContent(input) !== undefined;
    const call = isOld || hasOldContent ? (await calls.readCall(callId))?.record : undefined;
    if (isOld && !call) {
      await calls.removeIntent(operationId);
      return true;
    }
    if (hasOldContent && (!call || (isOver(call) && overOf(call).overSince <= before(contentDays)))) {
      await content.removeInput(operationId);
    }
    return false;
  }

  let position = start;
  let removed = 0;
  for (let pages = 0; pages < most; pages += 1) {
    const { rows, next } = await intents(position);
    for (const { entity } of rows) {
      removed += (await removeOrphan(fromEntity<Intent>(entity))) ? 1 : 0;
    }
    position = next;
    if (position === undefined) {
      break;
    }
  }
  await intentScan.write(position === undefined ? { doneAt: now() } : { position });
  if (removed > 0) {
    log.expiredRemoved({ operations: removed, rows: removed });
  }
}
