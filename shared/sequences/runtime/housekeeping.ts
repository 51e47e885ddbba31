/** What no event tells: sequences that were written down but never started, and those whose orchestration is gone. */
import type { Ledger } from '../../ledger/ledger.ts';
import type { IndexedSequence, StoredState } from '../../storage/sequences.ts';
import type { State } from '../interpreter/state.ts';
import { endedEntry } from './advance.ts';
import { planOf, type Sequences } from './sequences.ts';

const pageSize = 100;

/** A start that is under way is not disturbed. */
const graceSeconds = 60;

/** Starts the orchestration of each open sequence that has none that runs. One that fails does not keep the others from it. */
export async function runSequenceHousekeeping(ledger: Ledger, sequences: Sequences): Promise<void> {
  const failures: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await sequences.store.page('open', pageSize, cursor);
    for (const listed of page.items) {
      if (Date.parse(ledger.now()) - Date.parse(listed.createdAt) > graceSeconds * 1000) {
        await keepSequence(ledger, sequences, listed).catch((error) => failures.push(error));
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} sequence(s) could not be looked at`);
  }
}

/** A row of the index is written before the sequence: one without a sequence is over. */
async function keepSequence(ledger: Ledger, sequences: Sequences, listed: IndexedSequence): Promise<void> {
  const { store, orchestrationState: life, start } = sequences;
  const { sequenceId } = listed;
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), store.readState(sequenceId)]);
  if (!plan || !stored || stored.state.phase === 'ended') {
    await store.close(endedEntry(plan ?? listed, stored?.state));
    return;
  }
  const now = await life(sequenceId);
  if (now === 'terminated') {
    await cancelTerminated(ledger, sequences, sequenceId, stored);
  }
  if (now !== 'live') {
    await start(plan);
  }
}

/**
 * Whoever terminates an orchestration through Durable Functions wants its sequence to stop, and cannot know what it leaves
 * behind: a call, an invitation, a recording. The sequence is canceled, and its orchestration started again to take back
 * what it did and to run `finally`. If another writer is faster, the next run of housekeeping finds the same.
 */
async function cancelTerminated(
  ledger: Ledger,
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
