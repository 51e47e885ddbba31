/** Removes sequences that ended longer ago than the retention: their Durable history first, then their rows. */
import type { Ledger } from '../../ledger/ledger.ts';
import { type Retention, removeExpired } from '../../ledger/upkeep/retention.ts';
import type { EndedSequence } from '../../storage/sequences.ts';
import type { Sequences } from './sequences.ts';

/** Removes expired sequences, the oldest first. One whose history cannot be removed stays whole for the next run. */
export function removeExpiredSequences(
  ledger: Pick<Ledger, 'log' | 'now'>,
  { store, purge }: Sequences,
  { days, contentDays }: Pick<Retention, 'days' | 'contentDays'>,
): Promise<void> {
  const remove = async (ended: EndedSequence) => {
    await purge(ended.sequenceId);
    return store.remove(ended);
  };
  // Inputs, results and history of a sequence may all hold digits and words: it is removed whole.
  const shorter = contentDays === undefined ? days : Math.min(days || contentDays, contentDays);
  return removeExpired(ledger, shorter, { what: 'sequences', listOver: store.listOver, remove });
}
