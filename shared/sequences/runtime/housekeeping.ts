/**
 * Repairs what a crash left of sequences: starts the orchestration of one that has none, cancels one whose orchestration was
 * terminated, and finishes one that ended without its notification.
 */
import type { CallWriter, Ledger } from '../../ledger/ledger.ts';
import type { IndexedSequence, StoredState } from '../../storage/sequences.ts';
import type { State } from '../interpreter/state.ts';
import { endedEntry, finish } from './advance.ts';
import { planOf, type Sequences } from './sequences.ts';

const pageSize = 100;

/** A younger sequence may still be starting. */
const graceSeconds = 60;

/** Checks every open sequence. A failure does not prevent the others; all failures are thrown together. */
export async function runSequenceHousekeeping(ledger: CallWriter, sequences: Sequences): Promise<void> {
  const failures: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await sequences.store.page('open', pageSize, cursor);
    for (const listed of page.items) {
      if (Date.parse(ledger.now()) - Date.parse(listed.createdAt) > graceSeconds * 1000) {
        await repair(ledger, sequences, listed).catch((error) => failures.push(error));
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} sequence(s) could not be checked`);
  }
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
