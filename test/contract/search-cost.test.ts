/** What a page of a search costs in storage transactions, whichever filters it has and however many calls are stored. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { leastBatch, mostExamined } from '../../shared/http/page.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { anIntent, aPrefix } from '../shared/ledger/a-ledger.ts';
import { type PassThrough, startProxy } from '../support/proxy.ts';
import { searchesFor, storedCall, twoPages } from '../support/stored-calls.ts';
import { storageUrl } from '../support/switchboard.ts';

/** A search that finds none has more rows to examine than one request may; `npm run bench:search` stores 100,000. */
const stored = 700;
const limit = 20;
const atOnce = 20;

let tables: PassThrough;
let stores: { readonly calls: ReturnType<typeof openCalls>; readonly index: ReturnType<typeof openCallIndex> };
const numbers = Array.from({ length: stored }, (_, number) => number);
const sample = storedCall(stored - 110, stored);

beforeAll(async () => {
  tables = await startProxy(storageUrl('Table'));
  const settings = { connectionString: inject('storage').replace(storageUrl('Table'), tables.url) };
  const prefix = aPrefix();
  stores = { calls: openCalls(settings, prefix), index: openCallIndex(settings, prefix) };
  for (let first = 0; first < stored; first += atOnce) {
    await Promise.all(
      numbers.slice(first, first + atOnce).map(async (number) => {
        const call = storedCall(number, stored);
        await stores.index.add(call);
        await stores.calls.claim(anIntent({ operationId: call.callId }), call);
      }),
    );
  }
  tables.take();
});
afterAll(() => tables.close());

let mostReads = 0;

test.each(searchesFor(sample))('a page of $title reads a bounded number of rows', async (search) => {
  await twoPages(stores, search, limit, (items) => {
    const passed = tables.take();
    const reads = passed.filter(({ path }) => path.includes("RowKey='call'")).length;
    const ranges = passed.length - reads;
    expect(items.length).toBeLessThanOrEqual(limit);
    expect(reads).toBeLessThanOrEqual(mostExamined);
    expect(ranges).toBeLessThanOrEqual(1 + mostExamined / leastBatch);
    mostReads = Math.max(mostReads, reads);
    if (items.length === limit && Object.keys(search.filters).length <= 1) {
      expect([ranges, reads]).toEqual([1, limit]);
    }
  });
});

test('a search among these reads as many rows as one request may', () => {
  expect(mostReads).toBe(mostExamined);
});
