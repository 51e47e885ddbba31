/**
 * Forgets calls that have been over for longer than they are kept: their rows, those of their operations, and what leads
 * to them. The archive of their recordings stays: how long it is kept is decided where it is stored.
 */
import type { IndexedOver } from '../storage/call-index.ts';
import type { CallRemoval } from '../storage/call-removal.ts';
import type { Ledger } from './ledger.ts';

export interface Retention {
  readonly removal: CallRemoval;
  /** How long a call is kept after its end; 0 keeps all. */
  readonly days: number;
}

const dayMs = 86_400_000;

/** Removes the calls that have been over for longest, at most so many at a time (ours: a timer runs for minutes at most). */
export async function forgetCalls(ledger: Ledger, { removal, days }: Retention, mostCalls = 500): Promise<void> {
  if (days === 0) {
    return;
  }
  const until = new Date(Date.parse(ledger.now()) - days * dayMs).toISOString();
  const due = (await ledger.index.listOver(mostCalls)).filter(({ overSince }) => overSince <= until);
  let rows = 0;
  for (const over of due) {
    rows += await forget(ledger, removal, over);
  }
  if (due.length > 0) {
    ledger.log.callsForgotten({ calls: due.length, rows });
  }
}

/** Each step finds what an interrupted one left: the call's row leads to its recordings, the index to the call. */
async function forget(ledger: Ledger, removal: CallRemoval, over: IndexedOver): Promise<number> {
  const stored = await ledger.calls.readCall(over.callId);
  for (const recordingId of Object.keys(stored?.record.recordings ?? {})) {
    await ledger.recordingIndex.remove(recordingId);
  }
  const rows = await removal.remove(over.callId);
  await ledger.index.remove(over);
  return rows;
}
