/** Repairs what lost events and crashes leave behind: calls that rang out, overdue operations, unsent notifications. */
import { type CallRecord, isOver, isPastRingWindow, withIncomingStatus } from '../../calls/call.ts';
import { isGraceOver } from '../../calls/operation-life/open-operation.ts';
import { isOverdue } from '../../calls/operation-life/reconcile.ts';
import type { Indexed } from '../../storage/call-index.ts';
import type { Stored } from '../../storage/calls.ts';
import { measureOpenCalls } from '../../telemetry/metrics.ts';
import { commit } from '../commit.ts';
import { publishOutbox } from '../events/outbox.ts';
import { settleAfterGrace } from '../events/settle.ts';
import type { Ledger, Reconciler } from '../ledger.ts';
import { settleAbandoned, settleUnanswered } from './abandoned.ts';
import { reconcileCall } from './reconcile-call.ts';
import { restartOverdueStreams } from './restart-streams.ts';

const pageSize = 100;

/** Longer than any request: Azure Functions ends them after 230 s (documented). */
const longestWriteSeconds = 600;

/** Checks every call on the list of open calls. `verify` reads each at ACS, also those without an overdue operation. */
export async function runCallHousekeeping(ledger: Ledger, verify: boolean): Promise<void> {
  let cursor: string | undefined;
  let count = 0;
  do {
    const page = await ledger.index.list('open', pageSize, cursor);
    count += page.items.length;
    for (const indexed of page.items) {
      await keepCall(ledger, indexed, verify);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  measureOpenCalls(count);
}

async function keepCall(ledger: Ledger, { callId, createdAt, reopenedAt }: Indexed, verify: boolean): Promise<void> {
  const stored = await ledger.calls.readCall(callId);
  if (!stored) {
    await ledger.index.dropOpen(callId);
    return;
  }
  const isPublished = !stored.record.hasOutbox || (await publishOutbox(ledger, callId));
  if (Object.values(stored.record.open).some((operation) => isGraceOver(operation, ledger.now()))) {
    // The next run finds the rest of the call as it is then.
    await settleAfterGrace(ledger, callId);
    return;
  }
  await settleAbandoned(ledger, stored);
  if (!isOver(stored.record)) {
    await keepOpenCall(ledger, stored, verify);
    return;
  }
  const areSettled = (await settleUnanswered(ledger, stored)) && !hasPresumed(stored.record);
  if (areSettled && isPublished && Object.keys(stored.record.buffered).length === 0 && !isFresh(ledger, reopenedAt)) {
    await ledger.index.close({ callId, createdAt, overSince: stored.record.endedAt ?? createdAt });
  }
}

function hasPresumed({ open }: CallRecord): boolean {
  return Object.values(open).some(({ life }) => life.state === 'presumed');
}

/** Whether a call was reopened so recently that the outbox messages for which it was may not be stored yet. */
function isFresh(ledger: Pick<Ledger, 'now'>, reopenedAt: string | undefined): boolean {
  return reopenedAt !== undefined && Date.parse(ledger.now()) - Date.parse(reopenedAt) < longestWriteSeconds * 1000;
}

async function keepOpenCall(ledger: Ledger, stored: Stored, verify: boolean): Promise<void> {
  const { record, etag } = stored;
  if (record.status === 'ringing' && record.incoming) {
    if (isPastRingWindow(record.incoming, ledger.now(), ledger.ringWindowSeconds)) {
      await commit(ledger, { call: { record: withIncomingStatus(record, 'stale'), etag } }, []);
    }
    return;
  }
  await restartOverdueStreams(ledger, record);
  if (isOverdue(record, ledger.now())) {
    await reconcileCall(ledger, stored);
  } else if (record.callConnectionId === undefined) {
    await settleInterruptedCreate(ledger, stored);
  } else if (verify) {
    await reconcileCall(ledger, stored);
  }
}

/** A call whose creation was interrupted between intent and response: its operation has the call's id. */
async function settleInterruptedCreate(ledger: Reconciler, stored: Stored): Promise<void> {
  const intent = await ledger.calls.readIntent(stored.record.callId);
  if (intent && intent.dueAt <= ledger.now()) {
    await reconcileCall(ledger, stored, intent);
  }
}
