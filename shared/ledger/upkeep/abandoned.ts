/**
 * Operations that ACS's answer was never written of: the process that asked is gone. What came of them since is taken
 * into the ledger, and those who want to know are told.
 */
import type { BufferedEvents } from '../../calls/call.ts';
import { withoutBuffered } from '../../calls/operation-life/buffered-events.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { hasStoredResponse } from '../../calls/operation-life/recently-settled.ts';
import { originOf } from '../../calls/origin.ts';
import { operations } from '../../operations/index.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { storeResponse } from '../commands/store-response.ts';
import { commit } from '../commit.ts';
import { eventNotification } from '../events/notifications.ts';
import type { Ledger } from '../ledger.ts';

/** An answer that comes at the last moment has this long to be written. */
const graceSeconds = 60;

const pageSize = 100;

/** Takes operations whose events came without their answer into the ledger, and tells those who have not been told of their events. */
export async function settleAbandoned(ledger: Ledger, stored: Stored): Promise<void> {
  for (const [operationId, { since, events: held }] of Object.entries(stored.record.buffered)) {
    if (isAbandoned(ledger, since)) {
      await settleBuffered(ledger, stored, operationId, held);
    }
  }
}

/**
 * Settles, in a call that is over, the operations of which nothing came at all, so that somebody is told: their process
 * died before the answer, and no event names them. True when none is left that may still be answered.
 */
export async function settleUnanswered(ledger: Ledger, stored: Stored): Promise<boolean> {
  let areSettled = true;
  let cursor: string | undefined;
  do {
    const page = await ledger.calls.readPending(stored.record.callId, pageSize, cursor);
    for (const { operationId, since } of page.items) {
      if (hasStoredResponse(stored.record, operationId)) {
        continue;
      }
      if (isAbandoned(ledger, since)) {
        await settleAsUnanswered(ledger, stored, await ledger.calls.readIntent(operationId));
      } else {
        areSettled = false;
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return areSettled;
}

function isAbandoned(ledger: Ledger, since: string): boolean {
  return Date.parse(since) <= Date.parse(ledger.now()) - (ledger.acsTimeoutSeconds + graceSeconds) * 1000;
}

/** An operation of ours that was never answered goes on as one; the events of any other are told, and that is all. */
async function settleBuffered(
  ledger: Ledger,
  stored: Stored,
  operationId: string,
  held: BufferedEvents['events'],
): Promise<void> {
  const { record, etag } = stored;
  const intent = await ledger.calls.readIntent(operationId);
  if (await settleAsUnanswered(ledger, stored, intent)) {
    return;
  }
  const news = held.map((event) => eventNotification(record.callId, event, originOf(intent ?? {})));
  await commit(ledger, { call: { record: withoutBuffered(record, operationId), etag } }, news);
}

/** Takes an operation that was never answered as one that ACS kept silent about; false when it is none. */
async function settleAsUnanswered(ledger: Ledger, stored: Stored, intent: Intent | undefined): Promise<boolean> {
  const operation = operations.find(({ name }) => name === intent?.name) as Operation | undefined;
  if (!intent || !operation || (await ledger.calls.readProgress(intent.callId, intent.operationId))) {
    return false;
  }
  await storeResponse(ledger, operation, intent, stored, { kind: 'silence' });
  return true;
}
