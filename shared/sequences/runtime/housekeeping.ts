/**
 * Repairs what a crash left of sequences: starts the orchestration of one that has none, cancels one whose orchestration was
 * terminated, wakes one that was canceled, and finishes one that ended without its notification.
 */
import type { CallWriter, Ledger } from '../../ledger/ledger.ts';
import { checkEach } from '../../ledger/upkeep/check-each.ts';
import { readAll } from '../../storage/page.ts';
import type { IndexedSequence, StoredState } from '../../storage/sequences.ts';
import type { State } from '../interpreter/state.ts';
import { endedEntry, finish } from './advance.ts';
import { planOf, type Sequences } from './sequences.ts';

/** A younger sequence may still be starting. */
const graceSeconds = 60;

/** Checks every open sequence. */
export async function runSequenceHousekeeping(ledger: CallWriter, sequences: Sequences): Promise<void> {
  const all = await readAll(sequences.store.listOpen);
  await checkEach('sequences', all, async (listed) => {
    if (Date.parse(ledger.now()) - Date.parse(listed.createdAt) > graceSeconds * 1000) {
      await repair(ledger, sequences, listed);
    }
  });
}

/** The index entry is written before the rows of a sequence: an entry without rows belongs to a start that failed. */
async function repair(ledger: CallWriter, sequences: Sequences, listed: IndexedSequence): Promise<void> {
  const { store, orchestrationState, start } = sequences;
  const { sequenceId } = listed;
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), store.readState(sequenceId)]);
  if (!plan || !stored) {
    return store.close(endedEntry(listed));
  }
  if (stored.state.phase === 'ended') {
    return finish(ledger, sequences, plan, stored.state);
  }
  const orchestration = await orchestrationState(sequenceId);
  if (orchestration === 'terminated') {
    await cancelTerminated(ledger, sequences, sequenceId, stored);
  }
  if (orchestration !== 'live') {
    await start(plan);
  } else if (stored.state.cancelRequestedAt !== undefined) {
    // The wake of the cancel may have been lost, and the recheck of an orchestrator can be an hour away.
    await ledger.wake(sequenceId);
  }
}

/**
 * An operator who terminates an orchestration through Durable Functions wants its sequence to stop, and cannot know what it
 * leaves behind: a call, an invitation, a recording. The sequence is canceled, and its orchestration starts again to undo
 * the steps and to run `finally`. After a write conflict the next run of housekeeping tries again.
 */
async function cancelTerminated(
  ledger: Pick<Ledger, 'log' | 'now'>,
  { store }: Sequences,
  sequenceId: string,
  { state, etag }: StoredState,
): Promise<void> {
  if (state.cancelRequestedAt === undefined) {
    const canceled: State = { ...state, cancelRequestedAt: ledger.now(), cancelReason: terminated };
    await store.writeState(sequenceId, { state: canceled, etag });
    ledger.log.sequenceTerminated({ sequenceId });
  }
}

const terminated = {
  code: 'orchestrationTerminated',
  message: 'Its orchestration was terminated through Durable Functions; the sequence was canceled.',
};
