/** Reads a call at ACS and settles the operations whose event is overdue. */
import { readCallAt } from '../../acs/wire/reading.ts';
import type { CallRecord } from '../../calls/call.ts';
import type { Settled } from '../../calls/operation-life/advance.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { isUnmadeSoFar, type Reading, reconcile } from '../../calls/operation-life/reconcile.ts';
import { originOf } from '../../calls/origin.ts';
import type { TimelineEntry } from '../../calls/timeline.ts';
import { settlements } from '../../operations/index.ts';
import type { Stored } from '../../storage/calls.ts';
import { measureReconciliation } from '../../telemetry/metrics.ts';
import { changeCall } from '../change-call.ts';
import { clockOf, store } from '../events/settle.ts';
import type { AcsReader, CallWriter, Reconciler } from '../ledger.ts';

/** The operations that the read settled. `unanswered` is one whose response was never stored. */
export async function reconcileCall(
  ledger: Reconciler,
  stored: Stored,
  unanswered?: Intent,
): Promise<readonly Settled[]> {
  const record = unanswered ? withUnanswered(stored.record, unanswered) : stored.record;
  const reading = await readAtAcs(ledger, record);
  return reading ? applyReading(ledger, { record, etag: stored.etag }, reading, stored.record) : [];
}

/**
 * Reads a call that still connects before the app ends it: its CallConnected may be lost, and after its end nothing would show
 * that it had been connected. The call as the read found it; it keeps the fact that the read did not show it either.
 */
export async function readBeforeEnd(ledger: Reconciler & CallWriter, stored: Stored): Promise<Stored> {
  const { callId } = stored.record;
  const reading = await readAtAcs(ledger, stored.record);
  if (reading) {
    await applyReading(ledger, stored, reading);
  }
  const after = await ledger.calls.readCall(callId);
  // ACS did not answer in time, knows the call no more, or another write came before what the read found.
  if (after && reading?.state !== 'other' && after.record.connectedAt === undefined) {
    await changeCall(ledger, callId, (call) => ({ ...call, isConnectionUnknown: true }));
  }
  return after ?? stored;
}

async function applyReading(
  ledger: Reconciler,
  stored: Stored,
  reading: Reading,
  before: CallRecord = stored.record,
): Promise<readonly Settled[]> {
  const { record } = stored;
  const reconciled = reconcile(record, reading, settlements, clockOf(ledger));
  if (reconciled.call === before) {
    return [];
  }
  const { written, settled } = await store(ledger, stored, reconciled, {
    timeline: readEntries(ledger, reading),
  });
  if (written === 'written' && (settled.length > 0 || reconciled.call.status !== record.status)) {
    ledger.log.callReconciled({ callId: record.callId, state: reading.state, settled: settled.length });
    measureReconciliation(reading.state);
  }
  return settled;
}

/**
 * A call without a connection cannot be read. Once the event of the operation that was to connect it is overdue, whether it
 * exists is unknown: the request may have reached ACS, and the response and all events may have been lost.
 */
async function readAtAcs(ledger: AcsReader, record: CallRecord): Promise<Reading | undefined> {
  if (record.callConnectionId === undefined) {
    return { state: isUnmadeSoFar(record, settlements, ledger.now()) ? 'unknown' : 'other' };
  }
  return readCallAt(ledger.acs, record.callConnectionId, AbortSignal.timeout(ledger.acsTimeoutSeconds * 1000));
}

function withUnanswered(call: CallRecord, intent: Intent): CallRecord {
  const { operationId, name, dueAt, createdAt: askedAt, about } = intent;
  const life = { state: 'unconfirmed' } as const;
  const operation = call.open[operationId] ?? { name, life, dueAt, askedAt, about, origin: originOf(intent) };
  return { ...call, open: { ...call.open, [operationId]: operation } };
}

/** What a read found, for the timeline. */
const states: Readonly<Record<Exclude<Reading['state'], 'unknown'>, string>> = {
  connected: 'connected',
  gone: 'ended',
  other: 'not connected yet',
};

/** The entry of a read; a call without a connection was not read. */
function readEntries({ now }: Pick<Reconciler, 'now'>, { state }: Reading): TimelineEntry[] {
  return state === 'unknown'
    ? []
    : [{ at: now(), kind: 'read', message: states[state], why: 'an event that is overdue' }];
}
