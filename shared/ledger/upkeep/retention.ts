/**
 * Forgets what has been over for longer than it is kept. Of calls: their rows, those of their operations, and what leads to
 * them. The archive of their recordings stays: how long it is kept is decided where it is stored.
 */
import type { IndexedOver } from '../../storage/call-index.ts';
import type { CallRemoval } from '../../storage/call-removal.ts';
import type { Ledger } from '../ledger.ts';

export interface Retention {
  readonly removal: CallRemoval;
  /** How long a call or a sequence is kept after its end; 0 keeps all. */
  readonly days: number;
}

/** One kind of what is kept for a while. */
export interface Expirable<Over> {
  readonly what: 'calls' | 'sequences';
  /** Those that have been over for longest. */
  listOver(limit: number): Promise<readonly Over[]>;
  /** Removes one; the same again, or after a crash, removes the rest. Answers how many rows are gone. */
  remove(over: Over): Promise<number>;
}

/** In one run (ours: a timer runs for minutes at most). */
const mostAtOnce = 500;

const dayMs = 86_400_000;

/** Removes the calls that have been over for longest, at most so many at a time. */
export function removeExpiredCalls(
  ledger: Pick<Ledger, 'calls' | 'index' | 'log' | 'now' | 'recordingIndex'>,
  { removal, days }: Retention,
  most = mostAtOnce,
): Promise<void> {
  const { index } = ledger;
  const remove = (over: IndexedOver) => removeCall(ledger, removal, over);
  return removeExpired(ledger, days, { what: 'calls', listOver: index.listOver, remove }, most);
}

/** Each step finds what an interrupted one left: the call's row leads to its recordings, the index to the call. */
async function removeCall(
  ledger: Pick<Ledger, 'calls' | 'index' | 'recordingIndex'>,
  removal: CallRemoval,
  over: IndexedOver,
): Promise<number> {
  const stored = await ledger.calls.readCall(over.callId);
  for (const recordingId of Object.keys(stored?.record.recordings ?? {})) {
    await ledger.recordingIndex.remove(recordingId);
  }
  const rows = await removal.remove(over.callId);
  await ledger.index.remove(over);
  return rows;
}

/** Removes what has been over for longest. One that fails stays, for the next run, and does not keep the others. */
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
