/** What no event tells: sequences that were written down but never started, and those whose orchestration is gone. */
import type { Ledger } from '../ledger/ledger.ts';
import type { IndexedSequence } from '../storage/sequences.ts';
import { overIn } from './carry-on.ts';
import { planOf, type Sequences } from './sequences.ts';

const pageSize = 100;

/** A start that is under way is not disturbed. */
const graceSeconds = 60;

/** Starts the orchestration of each open sequence that has none that runs. One that fails does not keep the others from it. */
export async function keepSequences(ledger: Ledger, sequences: Sequences): Promise<void> {
  const failures: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await sequences.store.page('open', pageSize, cursor);
    for (const listed of page.items) {
      if (Date.parse(ledger.now()) - Date.parse(listed.createdAt) > graceSeconds * 1000) {
        await keepSequence(sequences, listed).catch((error) => failures.push(error));
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} sequence(s) could not be looked at`);
  }
}

/** A row of the index is written before the sequence: one without a sequence is over. */
async function keepSequence(sequences: Sequences, listed: IndexedSequence): Promise<void> {
  const { store, isRunning, start } = sequences;
  const { sequenceId } = listed;
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), store.readState(sequenceId)]);
  if (!plan || !stored || stored.state.phase === 'ended') {
    await store.close(overIn(plan ?? listed, stored?.state));
  } else if (!(await isRunning(sequenceId))) {
    await start(plan);
  }
}
