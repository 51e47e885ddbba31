/** Reads operations, settling what is overdue: whoever looks at an operation whose time is over gets a definite answer. */
import { readCallAt } from '../../acs/wire/reading.ts';
import { type CallRecord, hasEnded, type Outcome } from '../../calls/call.ts';
import { bufferedOutcome } from '../../calls/operation-life/buffered-events.ts';
import {
  type Intent,
  isSettled,
  type Operation,
  type Progress,
  toOperation,
  toWholeOperation,
} from '../../calls/operation-life/operation-record.ts';
import { isOverdue, type Reading, reconcile } from '../../calls/operation-life/reconcile.ts';
import { outcomeOfCallEnd } from '../../calls/operation-life/settlement.ts';
import { originOf } from '../../calls/origin.ts';
import { AppError } from '../../errors.ts';
import { settlements } from '../../operations/index.ts';
import { maxSettledPerWrite, type Stored } from '../../storage/calls.ts';
import { measureReconciliation } from '../../telemetry/metrics.ts';
import { commit } from '../commit.ts';
import { sequencesToWake, settledNotifications } from '../events/notifications.ts';
import { reportSettled, settlementRows } from '../events/receive.ts';
import type { AcsReader, Ledger } from '../ledger.ts';

/** The operation as it is now. `verify` reads the call at ACS also before the operation's time is over. */
export async function readOperation(ledger: Ledger, operationId: string, verify = false): Promise<Operation> {
  const known = await readRows(ledger, operationId, verify);
  if (!known) {
    throw new AppError('operationNotFound', 'No operation has this id.');
  }
  return toOperation(known.intent, known.progress);
}

/** An operation as the sequence that asked for it sees it. */
export type WholeOperation = Pick<Operation, 'callId' | 'status' | 'result' | 'error'> & Partial<Operation>;

/** Reads it; undefined when it was never asked for. One storage transaction when its call is known and it settled. */
export async function readWholeOperation(
  ledger: Ledger,
  operationId: string,
  callId: string | undefined,
): Promise<WholeOperation | undefined> {
  const progress = callId === undefined ? undefined : await ledger.calls.readProgress(callId, operationId);
  if (callId !== undefined && progress && isSettled(progress)) {
    return { callId, ...progress };
  }
  const known = await readRows(ledger, operationId, false);
  return known && toWholeOperation(known.intent, known.progress);
}

/** Two storage transactions, unless it is late. */
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
  if (progress && (isSettled(progress) || (intent.dueAt > ledger.now() && !verify))) {
    return { intent, progress };
  }
  const outcome = await lateOutcome(ledger, intent, verify);
  return { intent, progress: outcome ? { ...progress, ...outcome } : progress };
}

/** The operation once it settled, or as it is when the time is over. */
export async function waitForOperation(ledger: Ledger, operation: Operation, waitSeconds: number): Promise<Operation> {
  const until = Date.now() + waitSeconds * 1000;
  let current = operation;
  while (!isSettled(current) && Date.now() < until) {
    await ledger.settlementSignal.wait(operation.operationId, Math.min(pollMilliseconds, until - Date.now()));
    current = await readOperation(ledger, operation.operationId);
  }
  return current;
}

/** How often a waiting request looks at storage: its event may come to another instance. */
const pollMilliseconds = 1000;

/** An operation that nothing was heard of: its event may have overtaken the answer, its call may be over, ACS may know. */
async function lateOutcome(ledger: Ledger, intent: Intent, verify: boolean): Promise<Outcome | undefined> {
  const stored = await ledger.calls.readCall(intent.callId);
  if (!stored) {
    return undefined;
  }
  const { record } = stored;
  const settlement = settlements.get(intent.name);
  const { outcome } = bufferedOutcome(record.buffered[intent.operationId], settlement, intent.about);
  if (outcome) {
    return outcome;
  }
  if (hasEnded(record)) {
    return outcomeOfCallEnd(record, settlement, intent.about, record.endedAt ?? ledger.now());
  }
  const isDue = verify || intent.dueAt <= ledger.now();
  return isDue ? (await reconcileCall(ledger, stored, intent))[intent.operationId] : undefined;
}

/** Reads a call at ACS and settles what is overdue by it. `unanswered` is an operation that never got an answer. */
export async function reconcileCall(
  ledger: Ledger,
  stored: Stored,
  unanswered?: Intent,
): Promise<Readonly<Record<string, Outcome>>> {
  const record = unanswered ? withUnanswered(stored.record, unanswered) : stored.record;
  const reading = await readAtAcs(ledger, record);
  if (!reading) {
    return {};
  }
  const { call, settled } = reconcile(record, reading, settlements, ledger.now());
  const kept = settled.slice(0, maxSettledPerWrite);
  const change = { call: { record: call, etag: stored.etag }, ...settlementRows(kept) };
  const written = await commit(ledger, change, settledNotifications(record, kept), sequencesToWake(record, call, kept));
  if (written !== 'written') {
    return {};
  }
  if (kept.length > 0 || call.status !== record.status) {
    ledger.log.callReconciled({ callId: call.callId, state: reading.state, settled: kept.length });
    measureReconciliation(reading.state);
  }
  reportSettled(ledger, record, kept);
  return Object.fromEntries(kept.map(({ operationId, outcome }) => [operationId, outcome]));
}

/** A call that got no connection within its time was never made, as far as anybody can tell. */
async function readAtAcs(ledger: AcsReader, record: CallRecord): Promise<Reading | undefined> {
  if (record.callConnectionId === undefined) {
    return isOverdue(record, ledger.now()) && !record.incoming ? { state: 'gone' } : { state: 'other' };
  }
  return readCallAt(ledger.acs, record.callConnectionId, AbortSignal.timeout(ledger.acsTimeoutSeconds * 1000));
}

function withUnanswered(call: CallRecord, intent: Intent): CallRecord {
  const { operationId, name, dueAt, createdAt: askedAt, about } = intent;
  const asked = { name, dueAt, askedAt, about, origin: originOf(intent), unconfirmed: true as const };
  const operation = call.open[operationId] ?? asked;
  return { ...call, open: { ...call.open, [operationId]: operation } };
}
