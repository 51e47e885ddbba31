/** Reads operations, and settles those that are overdue: a reader of one whose time is over gets a definite answer. */
import { hasEnded } from '../../calls/call.ts';
import type { Settled } from '../../calls/operation-life/advance.ts';
import { bufferedOutcome } from '../../calls/operation-life/buffered-events.ts';
import { isGraceOver } from '../../calls/operation-life/open-operation.ts';
import {
  type Intent,
  isSettled,
  type Operation,
  type Progress,
  toOperation,
  toWholeOperation,
} from '../../calls/operation-life/operation-record.ts';
import type { Outcome } from '../../calls/operation-life/outcome.ts';
import { AppError } from '../../errors.ts';
import { settlements } from '../../operations/index.ts';
import { isLeaseOver } from '../commands/lease.ts';
import { takeover } from '../commands/takeover.ts';
import { settleAfterGrace } from '../events/settle.ts';
import type { Ledger } from '../ledger.ts';
import { isAbandoned, settleAsSilent } from '../upkeep/abandoned.ts';
import { reconcileCall } from '../upkeep/reconcile-call.ts';

/** The operation as it is now. `verify` reads the call at ACS also before the operation's time is over. */
export async function readOperation(ledger: Ledger, operationId: string, verify = false): Promise<Operation> {
  const known = await readRows(ledger, operationId, verify);
  if (!known) {
    throw new AppError('operationNotFound', 'No operation has this id.');
  }
  return toOperation(known.intent, known.progress);
}

/** An operation as the sequence that requested it sees it. */
export type WholeOperation = Pick<Operation, 'callId' | 'status' | 'result' | 'error'> & Partial<Operation>;

/** Reads it; undefined when it was never requested. One storage transaction when its call is known and it settled. */
export async function readWholeOperation(
  ledger: Ledger,
  operationId: string,
  callId: string | undefined,
): Promise<WholeOperation | undefined> {
  const progress = callId === undefined ? undefined : await ledger.calls.readProgress(callId, operationId);
  if (callId !== undefined && progress && isSettled(progress)) {
    const { presumedUntil: _, ...settled } = progress;
    return { callId, ...settled };
  }
  const known = await readRows(ledger, operationId, false);
  return known && toWholeOperation(known.intent, known.progress);
}

/** Two storage transactions, unless something of it is overdue. */
async function readRows(
  ledger: Ledger,
  operationId: string,
  verify: boolean,
): Promise<{ readonly intent: Intent; readonly progress: Progress | undefined } | undefined> {
  const intent = await ledger.calls.readIntent(operationId);
  if (!intent) {
    return undefined;
  }
  const progress = await ledger.calls.readProgress(intent.callId, operationId);
  const dueAt = progress?.presumedUntil ?? intent.dueAt;
  if (progress && (isSettled(progress) || (dueAt > ledger.now() && !verify))) {
    return { intent, progress };
  }
  const outcome = await lateOutcome(ledger, intent, verify);
  return { intent, progress: outcome ? { ...progress, ...outcome } : progress };
}

/** The operation once it settled, or as it is when `waitSeconds` are over. */
export async function waitForOperation(ledger: Ledger, operation: Operation, waitSeconds: number): Promise<Operation> {
  const until = Date.now() + waitSeconds * 1000;
  let current = operation;
  while (!isSettled(current) && Date.now() < until) {
    await ledger.settlementSignal.wait(operation.operationId, Math.min(pollMilliseconds, until - Date.now()));
    current = await readOperation(ledger, operation.operationId);
  }
  return current;
}

/** How often a waiting request reads storage: the event may arrive at another instance. */
const pollMilliseconds = 1000;

/**
 * The outcome of an operation whose response or event is overdue: its event may have overtaken the response, its grace period
 * may be over, its process may be gone, or a read at ACS may settle it.
 */
async function lateOutcome(ledger: Ledger, intent: Intent, verify: boolean): Promise<Progress | undefined> {
  const { operationId } = intent;
  const stored = await ledger.calls.readCall(intent.callId);
  if (!stored) {
    return undefined;
  }
  const { record } = stored;
  if (record.recentlySettled[operationId]) {
    // It settled between the read of its progress and that of its call.
    return ledger.calls.readProgress(intent.callId, operationId);
  }
  const operation = record.open[operationId];
  if (operation?.life.state === 'presumed') {
    return isGraceOver(operation, ledger.now())
      ? outcomeIn(await settleAfterGrace(ledger, intent.callId), operationId)
      : undefined;
  }
  const { outcome } = bufferedOutcome(record.buffered[operationId], settlements.get(intent.name), intent.about);
  if (outcome) {
    return outcome;
  }
  const isOrphan = !hasEnded(record) && !operation && isLeaseOver(ledger, intent);
  const finished = isOrphan ? await takeover(ledger, intent, stored, 'app') : undefined;
  if (finished) {
    return finished.progress;
  }
  if (hasEnded(record)) {
    return operation || !isAbandoned(ledger, intent.createdAt) ? undefined : settleAsSilent(ledger, stored, intent);
  }
  const isDue = verify || intent.dueAt <= ledger.now();
  return isDue ? outcomeIn(await reconcileCall(ledger, stored, intent), operationId) : undefined;
}

function outcomeIn(settled: readonly Settled[], operationId: string): Outcome | undefined {
  return settled.find((one) => one.operationId === operationId)?.outcome;
}
