/**
 * Advances sequences of steps without their orchestration, shortly after a start. A process that was killed held messages
 * of Durable Functions, which stay invisible for `controlQueueVisibilityTimeout` and `workItemQueueVisibilityTimeout`
 * (host.json, one minute): such an orchestration stands still until then, and finds its work done afterwards.
 */
import { errorName } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readAll } from '../../storage/page.ts';
import { advanceSequence } from './advance.ts';
import { planOf, type Sequences } from './sequences.ts';

/** The time after the start of a process in which orchestrations may stand still. */
export interface RecoveryWindow {
  /** ISO 8601, UTC. The orchestrations of sequences created later cannot be affected. */
  readonly startedAt: string;
  readonly endsAt: string;
  /** True for the first caller only: one sweep over the open sequences is enough. */
  claimSweep(): boolean;
}

/** The window of this process; 0 seconds disable recovery. */
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

/** Advances the given sequences that are older than this process, while the window is open; logs those that fail. */
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

async function recoverOne(
  ledger: Ledger,
  sequences: Sequences,
  { startedAt }: RecoveryWindow,
  sequenceId: string,
): Promise<void> {
  const plan = await planOf(sequences, sequenceId);
  if (plan && plan.createdAt < startedAt) {
    await advanceSequence(ledger, sequences, sequenceId);
  }
}

/** Advances every open sequence, once in the window of a process. */
export async function recoverOpen(ledger: Ledger, sequences: Sequences, window: RecoveryWindow): Promise<void> {
  if (ledger.now() >= window.endsAt || !window.claimSweep()) {
    return;
  }
  const open = await readAll(sequences.store.listOpen);
  await recover(
    ledger,
    sequences,
    window,
    open.map(({ sequenceId }) => sequenceId),
  );
}
