/**
 * Deletes the files of recordings whose calls have been over for longer than recordings are kept. The recording stays known as
 * deleted, as after a request to delete it.
 */
import type { CallRecord } from '../calls/call.ts';
import { recordingStepped } from '../calls/recording/recording-facts.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { CallWriter, Ledger } from '../ledger/ledger.ts';
import { dueOf } from '../ledger/upkeep/kept-apart.ts';
import { dayMs, removeExpired } from '../ledger/upkeep/retention.ts';
import type { IndexedKept } from '../storage/call-index-rows.ts';
import { eraseFiles } from './erase.ts';
import type { Archive } from './open-archive.ts';

type Files = Pick<Archive, 'archive' | 'sources'>;

/** Deletes the recordings of the calls that have been over for longest. What storage keeps is tried again a day later. */
export function removeExpiredRecordings(
  ledger: CallWriter & Pick<Ledger, 'index' | 'recordingIndex' | 'now' | 'log'>,
  files: Files,
  { recordingDays = 0 }: { readonly recordingDays?: number | undefined },
  most?: number,
): Promise<void> {
  const { index, now } = ledger;
  const remove = async (kept: IndexedKept) => {
    const call = await dueOf(ledger, 'recordings', kept);
    if (call && (await eraseRecordings(ledger, files, call)) > 0) {
      const tomorrow = new Date(Date.parse(now()) - (recordingDays - 1) * dayMs).toISOString();
      await index.postponeKept('recordings', kept, tomorrow);
    } else if (call) {
      await index.dropKept('recordings', kept);
    }
    return 0;
  };
  const listOver = (limit: number) => index.listKept('recordings', limit);
  return removeExpired(ledger, recordingDays, { what: 'recordings', listOver, remove }, most);
}

/** How the removal of a call deletes its recordings, where these have a time of their own: without the call nothing leads to them. */
export function recordingsEraser(
  ledger: Parameters<typeof eraseRecordings>[0],
  files: Files,
  { recordingDays }: { readonly recordingDays?: number | undefined },
) {
  return recordingDays === undefined
    ? {}
    : { eraseRecordings: (call: CallRecord) => eraseRecordings(ledger, files, call) };
}

/** Deletes the files of a call's recordings; of how many recordings files are left that may be deleted later. */
export async function eraseRecordings(
  ledger: CallWriter & Pick<Ledger, 'recordingIndex' | 'now' | 'log'>,
  { archive, sources }: Files,
  { callId, recordings }: CallRecord,
): Promise<number> {
  let left = 0;
  for (const [recordingId, recording] of Object.entries(recordings)) {
    if (recording.deletedAt !== undefined) {
      continue;
    }
    const kept = (await eraseFiles(archive, sources, recording)).filter(({ reason }) => reason !== 'ownContainer');
    if (kept.length > 0) {
      left += 1;
      ledger.log.recordingKept({ callId, recordingId, reasons: [...new Set(kept.map(({ reason }) => reason))].join() });
      continue;
    }
    await changeCall(ledger, callId, (call) => recordingStepped(call, 'delete', recordingId, ledger.now()));
    await ledger.recordingIndex.close(recordingId);
  }
  return left;
}
