/** Forgets sequences that ended longer ago than they are kept: what Durable Functions has of them, then their rows. */
import type { Ledger } from '../../ledger/ledger.ts';
import { type Retention, removeExpired } from '../../ledger/upkeep/retention.ts';
import type { EndedSequence } from '../../storage/sequences.ts';
import type { Sequences } from './sequences.ts';

/** Removes the sequences that ended first. One whose orchestration cannot be removed stays as it is, for the next run. */
export function removeExpiredSequences(
  ledger: Ledger,
  { store, purge }: Sequences,
  { days }: Retention,
): Promise<void> {
  const remove = async (ended: EndedSequence) => {
    await purge(ended.sequenceId);
    return store.remove(ended);
  };
  return removeExpired(ledger, days, { what: 'sequences', listOver: store.listOver, remove });
}
