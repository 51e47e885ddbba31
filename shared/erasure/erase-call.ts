/** Erases one call: the files of its recordings, then its rows. Safe to repeat after a crash at any point. */
import { type CallRecord, isOver } from '../calls/call.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { removeCallRows } from '../ledger/upkeep/retention.ts';
import { isUnknownForGood } from '../ledger/upkeep/unnamed-call.ts';
import { eraseFiles } from '../recordings/erase.ts';
import type { FoundCall } from '../storage/erasures.ts';
import type { Kept, StepOutcome } from './erasure.ts';
import type { ErasureParts } from './parts.ts';

/** Whether a call can be removed: it is over, and nothing is left to settle in it. */
export function isErasable(ledger: Pick<Ledger, 'now'>, call: CallRecord): boolean {
  return isUnknownForGood(ledger, call) || (isOver(call) && Object.keys(call.open).length === 0);
}

/**
 * Erases a call that is over; of any other it says that it waits. What the receipt counts, and what removes the rows of the
 * index, is stored before the call's own row goes.
 */
export async function eraseCall(parts: ErasureParts, erasureId: string, found: FoundCall): Promise<StepOutcome> {
  const { ledger, store, removal } = parts;
  const { callId, isRemoved } = found;
  if (isRemoved) {
    return {};
  }
  const call = (await ledger.calls.readCall(callId))?.record;
  if (call && !isErasable(ledger, call)) {
    return { waitingFor: { calls: 1 } };
  }
  const known = call ? await prepared(parts, call) : found;
  await store.putCall(erasureId, known);
  const rows = await (known.entry ? removeCallRows(ledger, removal, known.entry, call) : removal.remove(callId));
  await store.putCall(erasureId, { ...known, counts: { ...known.counts, rows }, isRemoved: true });
  return { found: 1 };
}

/** Erases the files of a call's recordings; what is to be stored of the call before its rows go. */
async function prepared({ ledger, archive }: ErasureParts, call: CallRecord): Promise<FoundCall> {
  const recordings = Object.values(call.recordings).filter(({ deletedAt }) => deletedAt === undefined);
  const kept: Kept[] = [];
  for (const recording of recordings) {
    const left = await eraseFiles(archive.archive, archive.sources, recording);
    kept.push(...left.map((files) => ({ kind: 'recordings' as const, ...files })));
  }
  return {
    callId: call.callId,
    entry: await ledger.index.entryOf(call),
    counts: { calls: 1, ...(recordings.length > 0 && { recordings: recordings.length }) },
    kept,
  };
}
