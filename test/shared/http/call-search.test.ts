/** A search checks each row of the index on its call. */
import { expect, inject, test } from 'vitest';
import { toCall } from '../../../shared/calls/call.ts';
import { pageOfCalls } from '../../../shared/http/call-search.ts';
import { openCallIndex } from '../../../shared/storage/call-index.ts';
import { openCalls } from '../../../shared/storage/calls.ts';
import { storedCall } from '../../support/stored-calls.ts';
import { anIntent, aPrefix } from '../ledger/a-ledger.ts';

test('a call is listed once, at its own time, also with a row that a replay left at another one', async () => {
  const [storage, prefix] = [{ connectionString: inject('storage') }, aPrefix()];
  const stores = { calls: openCalls(storage, prefix), index: openCallIndex(storage, prefix) };
  const call = storedCall(1, 2);
  await stores.calls.claim(anIntent({ operationId: call.callId }), call);
  await stores.index.add(call);
  await stores.index.add({ ...call, createdAt: '2020-01-01T00:00:00.000Z' });
  const query = { list: 'calls', filters: {}, order: 'newest', period: {} } as const;
  const { items } = await pageOfCalls(stores, query, toCall, 10, undefined);
  expect(items.map(({ callId }) => callId)).toEqual([call.callId]);
});
