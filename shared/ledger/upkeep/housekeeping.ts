/** Repairs what lost events and crashes leave behind: calls that rang out, overdue operations, unsent notifications. */
import { type CallRecord, isOver, isPastRingWindow, withIncomingStatus } from '../../calls/call.ts';
import { isGraceOver } from '../../calls/operation-life/open-operation.ts';
import { isOverdue } from '../../calls/operation-life/reconcile.ts';
import { AppError } from '../../errors.ts';
import type { SlotState } from '../../limits/slots.ts';
import type { IndexedOpen } from '../../storage/call-index-rows.ts';
import type { Stored } from '../../storage/calls.ts';
import { readAll } from '../../storage/page.ts';
import { measureOpenCalls } from '../../telemetry/metrics.ts';
import { commit } from '../commit.ts';
import { publishOutbox } from '../events/outbox.ts';
import { settleAfterGrace } from '../events/settle.ts';
import type { Ledger } from '../ledger.ts';
import { unsuccessfulOf } from '../reads/operations.ts';
import { settleAbandoned, settleUnanswered } from './abandoned.ts';
import { checkEach } from './check-each.ts';
import { endOverLimit } from './end-over-limit.ts';
import { keepSlotOf, keepSlots, readSlots } from './keep-slots.ts';
import { reconcileCall } from './reconcile-call.ts';
import { restartOverdueStreams } from './restart-streams.ts';
import { runEach } from './run-each.ts';
import { sendDeferred } from './send-deferred.ts';
import { isUnknownForGood, resumeUnnamed } from './unnamed-call.ts';

/** After this long a call that is still connecting is compared with ACS every minute. */
const connectsWithinSeconds = 45;

/** Longer than any request: Azure Functions ends them after 230 s (documented). */
const longestWriteSeconds = 600;

/** Checks every call on the list of open calls. `verify` reads each at ACS, also those without an overdue operation. */
export async function runCallHousekeeping(ledger: Ledger, verify: boolean): Promise<void> {
  const listed = await readAll(ledger.index.listOpen);
  measureOpenCalls(listed.length);
  const slots = readSlots(ledger);
  // Slots that cannot be read keep no call from being checked.
  const known = slots.catch(() => undefined);
  await runEach(
    async () => keepSlots(ledger, listed, await slots),
    () => checkEach('calls', listed, (indexed) => keepCall(ledger, indexed, verify, known), isStorageUnavailable),
  );
}

function isStorageUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'storageUnavailable';
}

async function keepCall(
  ledger: Ledger,
  indexed: IndexedOpen,
  verify: boolean,
  slots: Promise<SlotState | undefined>,
): Promise<void> {
  const { callId, reopenedAt } = indexed;
  const stored = await ledger.calls.readCall(callId);
  if (!stored) {
    // A call is listed before it is stored.
    await (isOlder(ledger, indexed.createdAt, longestWriteSeconds) && ledger.index.drop(indexed));
    return;
  }
  const { createdAt } = stored.record;
  await ledger.index.dropStray(stored.record, indexed);
  await indexAnew(ledger, stored.record, indexed);
  await sendDeferred(ledger, stored.record);
  const isPublished = !stored.record.hasOutbox || (await publishOutbox(ledger, callId));
  if (Object.values(stored.record.open).some((operation) => isGraceOver(operation, ledger.now()))) {
    // The next run finds the rest of the call as it is then.
    await settleAfterGrace(ledger, callId);
    return;
  }
  await settleAbandoned(ledger, stored);
  if (isUnknownForGood(ledger, stored.record)) {
    await ledger.index.close(stored.record, indexed.terms, createdAt);
    return;
  }
  if (!isOver(stored.record)) {
    await keepSlotOf(ledger, stored.record, await slots);
    await keepOpenCall(ledger, stored, verify);
    await endOverLimit(ledger, stored.record);
    return;
  }
  const areSettled = (await settleUnanswered(ledger, stored)) && !hasPresumed(stored.record);
  if (areSettled && isPublished && Object.keys(stored.record.buffered).length === 0 && !isFresh(ledger, reopenedAt)) {
    await ledger.operationIndex.add(await unsuccessfulOf(ledger, callId));
    await ledger.index.close(stored.record, indexed.terms);
  }
}

/** Indexes what a process that ended left out. What a change of a moment ago lacks is on its way. */
async function indexAnew(ledger: Ledger, call: CallRecord, indexed: IndexedOpen): Promise<void> {
  if (!isOver(call) && !(await ledger.index.isCurrent(indexed, call))) {
    await ledger.index.update(call, call, ledger.calls.readCall);
  }
}

function hasPresumed({ open }: CallRecord): boolean {
  return Object.values(open).some(({ life }) => life.state === 'presumed');
}

/** Whether a call was reopened so recently that the outbox messages for which it was may not be stored yet. */
function isFresh(ledger: Pick<Ledger, 'now'>, reopenedAt: string | undefined): boolean {
  return reopenedAt !== undefined && !isOlder(ledger, reopenedAt, longestWriteSeconds);
}

function isOlder(ledger: Pick<Ledger, 'now'>, time: string, seconds: number): boolean {
  return Date.parse(ledger.now()) - Date.parse(time) >= seconds * 1000;
}

async function keepOpenCall(ledger: Ledger, stored: Stored, verify: boolean): Promise<void> {
  const { record, etag } = stored;
  const isRinging = record.status === 'ringing' && record.incoming !== undefined;
  if (isRinging && !isPastRingWindow(record.incoming, ledger.now(), ledger.ringWindowSeconds)) {
    return;
  }
  await restartOverdueStreams(ledger, record);
  if (record.callConnectionId === undefined && (await resumeUnnamed(ledger, stored))) {
    // The next run finds the call as it is then.
    return;
  }
  if (isRinging && Object.keys(record.open).length === 0) {
    await commit(ledger, { before: record, call: { record: withIncomingStatus(record, 'stale'), etag } }, []);
  } else if (isOverdue(record, ledger.now()) || isToBeRead(ledger, record, verify)) {
    await reconcileCall(ledger, stored);
  }
}

/** A call that has been connecting for longer than phones mostly ring is read too: its CallConnected may be lost. */
function isToBeRead(ledger: Pick<Ledger, 'now'>, call: CallRecord, verify: boolean): boolean {
  const isSlow = call.status === 'connecting' && isOlder(ledger, call.createdAt, connectsWithinSeconds);
  return call.callConnectionId !== undefined && (verify || isSlow);
}
