/**
 * Removes what could not be delivered once it is older than it is kept: dead letters of Event Grid, messages of the poison
 * queues. No call leads to either, so both are searched, once a day.
 */
import type { Ledger } from '../ledger/ledger.ts';
import { dayMs } from '../ledger/upkeep/retention.ts';
import type { ScanProgressStore } from '../storage/scan-progress.ts';
import type { ErasureParts } from './parts.ts';

/** For how long it is kept, and how far the search has got. */
export interface Undelivered {
  /** Absent where nothing limits it. */
  readonly deadLetterDays?: number | undefined;
  /** Poison messages hold events, with digits and speech. */
  readonly contentDays?: number | undefined;
  readonly deadLetterScan: ScanProgressStore;
}

/** Pages of dead letters in one run (Switchboard's choice); the next run goes on. */
const mostPages = 100;

/** Removes what is too old; not before a day after the last search was done. */
export async function removeUndelivered(
  { deadLetters, queues }: Pick<ErasureParts, 'deadLetters' | 'queues'>,
  { now, log }: Pick<Ledger, 'now' | 'log'>,
  { deadLetterDays, contentDays, deadLetterScan }: Undelivered,
  most = mostPages,
): Promise<void> {
  const before = (days: number) => new Date(Date.parse(now()) - days * dayMs).toISOString();
  const limits = [deadLetterDays, contentDays].filter((days) => days !== undefined);
  if (limits.length === 0) {
    return;
  }
  const { position: start, doneAt = '' } = await deadLetterScan.read();
  if (start === undefined && doneAt > before(1)) {
    return;
  }
  const messages = start === undefined ? await queues.removePoisonBefore(before(Math.min(...limits))) : 0;
  const events =
    deadLetterDays === undefined
      ? { removed: 0, position: undefined }
      : await removeDeadLetters(deadLetters, before(deadLetterDays), start, most);
  await deadLetterScan.write(events.position === undefined ? { doneAt: now() } : { position: events.position });
  if (messages + events.removed > 0) {
    log.expiredRemoved({ undelivered: messages + events.removed, rows: 0 });
  }
}

/** Removes dead letters from a position on: how many, and where the next run goes on, if it is to. */
async function removeDeadLetters(
  deadLetters: ErasureParts['deadLetters'],
  before: string,
  start: string | undefined,
  most: number,
): Promise<{ readonly removed: number; readonly position?: string | undefined }> {
  let removed = 0;
  let position = start;
  for (let pages = 0; pages < most; pages += 1) {
    const page = await deadLetters.removeBefore(before, position);
    if (page === 'forbidden') {
      return { removed };
    }
    removed += page.removed;
    position = page.next;
    if (position === undefined) {
      break;
    }
  }
  return { removed, position };
}
