/** Operations whose events came, but never the answer of ACS: the process that asked is gone. Whose event it is can be looked up by now. */
import type { Early } from '../calls/call.ts';
import { withoutEarly } from '../calls/early.ts';
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

/** Takes what is left of such operations into the ledger, and tells those who have not been told of their events. */
export async function settleForgotten(ledger: Ledger, stored: Stored): Promise<void> {
  const before = Date.parse(ledger.now()) - (ledger.acsTimeoutSeconds + graceSeconds) * 1000;
  for (const [operationId, { since, held }] of Object.entries(stored.record.early)) {
    if (Date.parse(since) <= before) {
      await settle(ledger, stored, operationId, held);
    }
  }
}

/** An operation of ours that was never answered goes on as one; the events of any other are told, and that is all. */
async function settle(ledger: Ledger, stored: Stored, operationId: string, held: Early['held']): Promise<void> {
  const { record, etag } = stored;
  const intent = await ledger.calls.readIntent(operationId);
  const operation = operations.find(({ name }) => name === intent?.name) as Operation | undefined;
  if (intent && operation && !(await ledger.calls.readProgress(record.callId, operationId))) {
    await recordExchange(ledger, operation, intent, stored, { kind: 'silence' });
    return;
  }
  const news = held.map((event) => eventNews(record.callId, event, originOf(intent ?? {})));
  await commit(ledger, { call: { record: withoutEarly(record, operationId), etag } }, news);
}
