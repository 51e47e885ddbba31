/** What retention works with, made of the settings. */
import type { Config } from '../config.ts';
import type { Retention } from '../ledger/upkeep/retention.ts';
import { openCallContent } from '../storage/call-content.ts';
import { callIndexTable } from '../storage/call-index.ts';
import { openScanProgress } from '../storage/scan-progress.ts';
import type { Erasures } from './parts.ts';
import type { Undelivered } from './remove-undelivered.ts';

/** Opens the parts; those that erasures have too are theirs. No request is made before the first use. */
export function openRetention(
  { storage, tablePrefix, retentionDays, erasure }: Config,
  { removal, intents }: Pick<Erasures, 'removal' | 'intents'>,
): Retention & Undelivered {
  const { settleSeconds: _, ...days } = erasure;
  const scan = (name: string) => openScanProgress(storage, callIndexTable(tablePrefix), name);
  return {
    ...days,
    days: retentionDays,
    removal,
    intents,
    intentScan: scan('intents'),
    content: openCallContent(storage, tablePrefix),
    deadLetterScan: scan('deadLetters'),
  };
}
