/**
 * Operations that ACS's answer was never written of: the process that asked is gone. What came of them since is taken
 * into the ledger, and those who want to know are told.
 */
import type { Early } from '../calls/call.ts';
import { isAnswered } from '../calls/closed.ts';
import { withoutEarly } from '../calls/early.ts';
import type { Intent } from '../calls/operation-record.ts';
import { originOf } from '../calls/origin.ts';
import { operations } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import type { Stored } from '../storage/calls.ts';
import { commit } from './commit.ts';
import type { Ledger } from './ledger.ts';
import { eventNews } from './news.ts';
import { recordExchange } from './record-exchange.ts';

/** An answer that comes at the last moment has this long to be written. */
const graceSeconds = 60;

const pageSize = 100;

/** Takes operations whose events came without their answer into the ledger, and tells those who have not been told of their events. */
export async function settleForgotten(ledger: Ledger, stored: Stored): Promise<void> {
  for (const [operationId, { since, held }] of Object.entries(stored.record.early)) {
    if (isForgotten(ledger, since)) {
      await settleEarly(ledger, stored, operationId, held);
    }
  }
}

/**
 * Settles, in a call that is over, the operations of which nothing came at all, so that somebody is told: their process
 * died before the answer, and no event names them. True when none is left that may still be answered.
 */
export async function settleUnheard(ledger: Ledger, stored: Stored): Promise<boolean> {
  let areSettled = true;
  let cursor: string | undefined;
  do {
    const page = await ledger.calls.readAsked(stored.record.callId, pageSize, cursor);
    for (const { operationId, since } of page.items) {
      if (isAnswered(stored.record, operationId)) {
        continue;
      }
      if (isForgotten(ledger, since)) {
        await goOn(ledger, stored, await ledger.calls.readIntent(operationId));
      } else {
        areSettled = false;
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return areSettled;
}

function isForgotten(ledger: Ledger, since: string): boolean {
  return Date.parse(since) <= Date.parse(ledger.now()) - (ledger.acsTimeoutSeconds + graceSeconds) * 1000;
}

/** An operation of ours that was never answered goes on as one; the events of any other are told, and that is all. */
async function settleEarly(ledger: Ledger, stored: Stored, operationId: string, held: Early['held']): Promise<void> {
  const { record, etag } = stored;
  const intent = await ledger.calls.readIntent(operationId);
  if (await goOn(ledger, stored, intent)) {
    return;
  }
  const news = held.map((event) => eventNews(record.callId, event, originOf(intent ?? {})));
  await commit(ledger, { call: { record: withoutEarly(record, operationId), etag } }, news);
}

/** Takes an operation that was never answered as one that ACS kept silent about; false when it is none. */
async function goOn(ledger: Ledger, stored: Stored, intent: Intent | undefined): Promise<boolean> {
  const operation = operations.find(({ name }) => name === intent?.name) as Operation | undefined;
  if (!intent || !operation || (await ledger.calls.readProgress(intent.callId, intent.operationId))) {
    return false;
  }
  await recordExchange(ledger, operation, intent, stored, { kind: 'silence' });
  return true;
}
