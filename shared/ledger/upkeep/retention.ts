/**
 * Removes calls and sequences that have been over for longer than they are kept: of a call its rows, those of its operations,
 * and its index rows. The archive of its recordings stays, unless recordings have a time of their own: the storage account
 * decides how long that is kept.
 */
import type { CallRecord } from '../../calls/call.ts';
import type { CallContent } from '../../storage/call-content.ts';
import type { IndexedOver } from '../../storage/call-index-rows.ts';
import type { CallRemoval } from '../../storage/call-removal.ts';
import type { ScanProgressStore } from '../../storage/scan-progress.ts';
import type { TableScan } from '../../storage/table-scan.ts';
import type { Ledger } from '../ledger.ts';
import { unsuccessfulOf } from '../reads/operations.ts';

export interface Retention {
  readonly removal: CallRemoval;
  /** How long a call or a sequence is kept after its end; 0 keeps all. */
  readonly days: number;
  /** Every intent of the ledger, and how far the search for those without a call has got. */
  readonly intents: TableScan;
  readonly intentScan: ScanProgressStore;
  /** How long digits, speech and prompts are kept after the end of a call, if shorter; absent as long as the call. */
  readonly contentDays?: number | undefined;
  readonly content: CallContent;
  /** How long the files of recordings are kept; absent where the storage account alone decides. */
  readonly recordingDays?: number | undefined;
}

/** A kind of record with a retention time. */
export interface Expirable<Over> {
  readonly what: 'calls' | 'sequences' | 'contents' | 'recordings';
  /** Those that have been over for longest. */
  listOver(limit: number): Promise<readonly Over[]>;
  /** Removes one, and returns the number of rows. A retry after a crash removes the rest. */
  remove(over: Over): Promise<number>;
}

/** In one run: Switchboard's choice, so that a timer runs for minutes at most. */
const mostAtOnce = 500;

export const dayMs = 86_400_000;

/** Removes the calls that have been over for longest, at most `most` at a time. */
export function removeExpiredCalls(
  ledger: CallRemover & Pick<Ledger, 'log' | 'now'>,
  { removal, days, eraseRecordings }: Pick<Retention, 'removal' | 'days'> & RecordingsToo,
  most = mostAtOnce,
): Promise<void> {
  const { index } = ledger;
  const remove = (over: IndexedOver) => removeCall(ledger, removal, eraseRecordings, over);
  return removeExpired(ledger, days, { what: 'calls', listOver: index.listOver, remove }, most);
}

interface RecordingsToo {
  /** Deletes the files of a call's recordings as far as storage allows; absent where they stay. */
  readonly eraseRecordings?: ((call: CallRecord) => Promise<unknown>) | undefined;
}

/** What the removal of a call changes. */
export type CallRemover = Pick<Ledger, 'calls' | 'index' | 'operationIndex' | 'recordingIndex' | 'redirects'>;

async function removeCall(
  ledger: CallRemover,
  removal: CallRemoval,
  eraseRecordings: RecordingsToo['eraseRecordings'],
  over: IndexedOver,
): Promise<number> {
  const stored = await ledger.calls.readCall(over.callId);
  if (stored?.record.status === 'connecting' || stored?.record.status === 'connected') {
    // An event has revived it since; its end lists it anew.
    await ledger.index.dropOver(over, stored.record);
    return 0;
  }
  if (stored) {
    // Without the call nothing leads to them.
    await eraseRecordings?.(stored.record);
  }
  return removeCallRows(ledger, removal, over, stored?.record);
}

/**
 * Removes the rows of a call and those that lead to it; how many of its own. A retry finds what an interrupted removal left:
 * the call's row leads to its recordings, the index to the call.
 */
export async function removeCallRows(
  ledger: CallRemover,
  removal: CallRemoval,
  over: IndexedOver,
  call: CallRecord | undefined,
): Promise<number> {
  for (const recordingId of Object.keys(call?.recordings ?? {})) {
    await ledger.recordingIndex.remove(recordingId);
  }
  if (call?.incoming?.status === 'redirected') {
    await ledger.redirects.remove(call);
  }
  await ledger.operationIndex.remove(await unsuccessfulOf(ledger, over.callId));
  const rows = await removal.remove(over.callId);
  await ledger.index.remove(over, call);
  return rows;
}

/** Removes what has been over for longest. One that fails stays for the next run, and does not block the others. */
export async function removeExpired<Over extends { readonly overSince: string }>(
  { now, log }: Pick<Ledger, 'now' | 'log'>,
  days: number,
  { what, listOver, remove }: Expirable<Over>,
  most = mostAtOnce,
): Promise<void> {
  if (days === 0) {
    return;
  }
  const until = new Date(Date.parse(now()) - days * dayMs).toISOString();
  const due = (await listOver(most)).filter(({ overSince }) => overSince <= until);
  const failures: unknown[] = [];
  let rows = 0;
  for (const over of due) {
    rows += await remove(over).catch((error) => {
      failures.push(error);
      return 0;
    });
  }
  if (due.length > failures.length) {
    log.expiredRemoved({ [what]: due.length - failures.length, rows });
  }
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} of the ${what} could not be removed; the next run tries again`,
    );
  }
}
