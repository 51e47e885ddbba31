/** What no request asks for: calls that rang out, operations whose event never came, index rows of calls that are over. */
import { hasEnded, isPastRingWindow, withIncomingStatus } from '../calls/call.ts';
import { isOverdue } from '../calls/reconcile.ts';
import type { Stored } from '../storage/calls.ts';
import type { Ledger } from './ledger.ts';
import { reconcileCall } from './read.ts';

const pageSize = 100;

/** Looks at every call that is not over. `verify` reads each at ACS, also those without an overdue operation. */
export async function keepHouse(ledger: Ledger, verify: boolean): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await ledger.index.list('open', pageSize, cursor);
    for (const { callId } of page.items) {
      await keepCall(ledger, callId, verify);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

async function keepCall(ledger: Ledger, callId: string, verify: boolean): Promise<void> {
  const stored = await ledger.calls.readCall(callId);
  if (!stored || isOver(stored)) {
    await ledger.index.close(callId);
    return;
  }
  const { record, etag } = stored;
  if (record.status === 'ringing' && record.incoming) {
    if (isPastRingWindow(record.incoming, ledger.now(), ledger.ringWindowSeconds)) {
      await ledger.calls.write({ call: { record: withIncomingStatus(record, 'stale'), etag } });
    }
    return;
  }
  if (isOverdue(record, ledger.now())) {
    await reconcileCall(ledger, stored);
  } else if (record.callConnectionId === undefined) {
    await settleUnanswered(ledger, stored);
  } else if (verify) {
    await reconcileCall(ledger, stored);
  }
}

/** A call whose making was interrupted between intent and answer: its operation has the call's id. */
async function settleUnanswered(ledger: Ledger, stored: Stored): Promise<void> {
  const intent = await ledger.calls.readIntent(stored.record.callId);
  if (intent && intent.dueAt <= ledger.now()) {
    await reconcileCall(ledger, stored, intent);
  }
}

function isOver({ record }: Stored): boolean {
  const { incoming } = record;
  return hasEnded(record) || (record.status === 'ringing' && incoming !== undefined && incoming.status !== 'ringing');
}
