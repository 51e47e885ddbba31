/**
 * Advances sequences of steps without their orchestration, shortly after a start. A process that was killed held messages
 * of Durable Functions, and these stay invisible for `controlQueueVisibilityTimeout` and `workItemQueueVisibilityTimeout`
 * (host.json, one minute): until then such an orchestration stands still. When it goes on it finds this work done, because
 * the state is written under its ETag and operations are idempotent.
 */
import { errorName } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { advanceSequence } from './advance.ts';
import { planOf, type Sequences } from './sequences.ts';

/** The time after the start of a process in which orchestrations may stand still. */
export interface RecoveryWindow {
  /** ISO 8601, UTC. Sequences that were created later have lost nothing. */
  readonly startedAt: string;
  readonly endsAt: string;
  /** True for the first caller only: looking at every open sequence once is enough. */
  claimSweep(): boolean;
}

/** The window of this process; 0 seconds switch recovery off. */
export function openRecoveryWindow(seconds: number): RecoveryWindow {
  const now = Date.now();
  let isSwept = false;
  return {
    startedAt: new Date(now).toISOString(),
    endsAt: new Date(now + seconds * 1000).toISOString(),
    claimSweep() {
      const isFirst = !isSwept;
      isSwept = true;
      return isFirst;
    },
  };
}

/**
 * Advances those of the sequences that are older than this process, while the window is open. One that cannot be advanced
 * is logged: its orchestration will.
 */
export async function recover(
  ledger: Ledger,
  sequences: Sequences,
  window: RecoveryWindow,
  sequenceIds: Iterable<string>,
): Promise<void> {
  for (const sequenceId of sequenceIds) {
    if (ledger.now() >= window.endsAt) {
      return;
    }
    await recoverOne(ledger, sequences, window, sequenceId).catch((error) => {
      ledger.log.sequenceNotRecovered({ sequenceId, error: errorName(error) });
    });
  }
}

/** A TypeScript orchestrator keeps its place in Durable Functions alone, so nothing else can advance it. */
async function recoverOne(
  ledger: Ledger,
  sequences: Sequences,
  { startedAt }: RecoveryWindow,
  sequenceId: string,
): Promise<void> {
  const plan = await planOf(sequences, sequenceId);
  if (plan && !plan.orchestrator && plan.createdAt < startedAt) {
    await advanceSequence(ledger, sequences, sequenceId);
  }
}

const pageSize = 100;

/** Advances every open sequence, once in the window of a process. */
export async function recoverOpen(ledger: Ledger, sequences: Sequences, window: RecoveryWindow): Promise<void> {
  if (ledger.now() >= window.endsAt || !window.claimSweep()) {
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await sequences.store.page('open', pageSize, cursor);
    const ids = page.items.map(({ sequenceId }) => sequenceId);
    await recover(ledger, sequences, window, ids);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
