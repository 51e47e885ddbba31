/** What no request asks for: calls that rang out, operations whose event never came, index rows of calls that are over. */
import { isOver, isPastRingWindow, withIncomingStatus } from '../../calls/call.ts';
import { isOverdue } from '../../calls/operation-life/reconcile.ts';
import type { Indexed } from '../../storage/call-index.ts';
import type { Stored } from '../../storage/calls.ts';
import { measureOpenCalls } from '../../telemetry/metrics.ts';
import { commit } from '../commit.ts';
import { publishOutbox } from '../events/outbox.ts';
import type { Ledger } from '../ledger.ts';
import { reconcileCall } from '../reads/read.ts';
import { settleAbandoned, settleUnanswered } from './abandoned.ts';

const pageSize = 100;

/** Longer than any request: Azure Functions ends them after 230 s (documented). */
const longestWriteSeconds = 600;

/** Looks at every call that is not over. `verify` reads each at ACS, also those without an overdue operation. */
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
  const isTold = !stored.record.hasOutbox || (await publishOutbox(ledger, callId));
  await settleAbandoned(ledger, stored);
  if (!isOver(stored.record)) {
    await keepOpenCall(ledger, stored, verify);
    return;
  }
  const isHeard = await settleUnanswered(ledger, stored);
  if (isHeard && isTold && Object.keys(stored.record.buffered).length === 0 && !isFresh(ledger, reopenedAt)) {
    await ledger.index.close({ callId, createdAt, overSince: stored.record.endedAt ?? createdAt });
  }
}

/** Whether a call was opened again so lately that the letters for which it was may not have been written yet. */
function isFresh(ledger: Ledger, reopenedAt: string | undefined): boolean {
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
  if (isOverdue(record, ledger.now())) {
    await reconcileCall(ledger, stored);
  } else if (record.callConnectionId === undefined) {
    await settleInterruptedCreate(ledger, stored);
  } else if (verify) {
    await reconcileCall(ledger, stored);
  }
}

/** A call whose making was interrupted between intent and answer: its operation has the call's id. */
async function settleInterruptedCreate(ledger: Ledger, stored: Stored): Promise<void> {
  const intent = await ledger.calls.readIntent(stored.record.callId);
  if (intent && intent.dueAt <= ledger.now()) {
    await reconcileCall(ledger, stored, intent);
  }
}
