/**
 * What a page of a search costs with many stored calls: storage transactions, bytes of their answers, and items. The calls are
 * in a stand-in for Table Storage; the same searches over fewer calls in Azurite show that the stand-in counts as Azurite does.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallRecord } from '../../shared/calls/call.ts';
import { termsOf } from '../../shared/calls/facets.ts';
import { mostExamined } from '../../shared/http/page.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { difference, termKey } from '../../shared/storage/call-index-rows.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { toEntity } from '../../shared/storage/document.ts';
import { openKeyedHash } from '../../shared/storage/keyed-hash.ts';
import { startAzurite } from '../../test/support/azurite.ts';
import { searchesFor, storedCall, twoPages } from '../../test/support/stored-calls.ts';
import { startSortedTables } from './sorted-tables.ts';

const MANY = Number(process.argv[2] ?? 100_000);
const FEW = 300;
const LIMIT = 50;
const prefix = 'bench';

/** A connection that is kept open is closed by a server that was busy for long. */
const agent = new Agent({ keepAlive: false });

/** Costs of the pages of each search, the dearest of the two. */
type Costs = Map<string, { transactions: number; bytes: number; items: number }>;

const tables = await startSortedTables();
const many = await costsOf(tables.url, MANY, async (connectionString) => {
  const hash = openKeyedHash({ connectionString }, `${prefix}callIndex`);
  for (let number = 0; number < MANY; number += 1) {
    const call = storedCall(number, MANY);
    const terms = await Promise.all(termsOf(call).map((term) => termKey(term, hash)));
    for (const [, row] of difference(call, [], terms).puts) {
      tables.fill(`${prefix}callIndex`, sent(row));
    }
    tables.fill(`${prefix}calls`, sent(toEntity(call.callId, 'call', call)));
  }
});
await tables.close();

const azurite = await startAzurite();
const endpoint = /TableEndpoint=(http:\/\/[^/]+)/.exec(azurite.connectionString)?.[1] ?? '';
const few = await costsOf(endpoint, FEW, async (connectionString) => {
  const [index, calls] = [openCallIndex({ connectionString }, prefix), openCalls({ connectionString }, prefix)];
  for (let number = 0; number < FEW; number += 1) {
    const call = storedCall(number, FEW);
    await index.add(call);
    await calls.claim(intentOf(call), call);
  }
});
await azurite.close();

const title = (stored: number, what: string) => `${stored.toLocaleString('en')}: ${what}`;
console.table(
  Object.fromEntries(
    [...many].map(([name, cost]) => [
      name,
      {
        [title(MANY, 'transactions')]: cost.transactions,
        [title(MANY, 'bytes')]: cost.bytes,
        [title(MANY, 'items')]: cost.items,
        [title(FEW, 'transactions')]: few.get(name)?.transactions,
        [title(FEW, 'items')]: few.get(name)?.items,
      },
    ]),
  ),
);
const most = Math.max(...[...many.values()].map(({ transactions }) => transactions));
console.log(`The dearest page of ${LIMIT} costs ${most} transactions; ${mostExamined} calls are examined at most.`);
process.exit(0);

/** Fills the tables behind a counting proxy, and searches them. */
async function costsOf(
  target: string,
  stored: number,
  fill: (connectionString: string) => Promise<void>,
): Promise<Costs> {
  const counted = { transactions: 0, bytes: 0 };
  const proxy = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const { hostname, port } = new URL(target);
    const { method, url: path, headers } = incoming;
    const passed = request({ agent, hostname, port, method, path, headers });
    passed.end(Buffer.concat(chunks));
    const [answer] = await once(passed, 'response');
    counted.transactions += 1;
    outgoing.writeHead(answer.statusCode, answer.headers);
    for await (const chunk of answer) {
      counted.bytes += chunk.length;
      outgoing.write(chunk);
    }
    outgoing.end();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const connectionString = connectionTo(url);
  const started = Date.now();
  await fill(connectionString);
  console.error(`${stored.toLocaleString('en')} calls stored in ${Math.round((Date.now() - started) / 1000)} s`);
  const settings = { connectionString, timeoutMs: 600_000 };
  const stores = { calls: openCalls(settings, prefix), index: openCallIndex(settings, prefix) };
  // The first search sorts the rows.
  await stores.index.search({ list: 'calls', facet: 'status', value: '' }, 'newest', {}, 1, undefined);
  const costs: Costs = new Map();
  for (const search of searchesFor(storedCall(stored - 110, stored))) {
    Object.assign(counted, { transactions: 0, bytes: 0 });
    await twoPages(stores, search, LIMIT, (items) => {
      const known = costs.get(search.title) ?? { transactions: 0, bytes: 0, items: 0 };
      const page = { ...counted, items: items.length };
      costs.set(search.title, page.transactions > known.transactions ? page : known);
      Object.assign(counted, { transactions: 0, bytes: 0 });
    });
  }
  proxy.closeAllConnections();
  proxy.close();
  return costs;
}

/** The well-known account of storage emulators, whose key is public. */
function connectionTo(url: string): string {
  const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
  return `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};TableEndpoint=${url}/devstoreaccount1;`;
}

/** A row as the SDK sends it. */
function sent({ partitionKey, rowKey, ...properties }: Record<string, unknown>): Record<string, unknown> {
  return { PartitionKey: partitionKey, RowKey: rowKey, ...properties };
}

function intentOf({ callId, createdAt }: CallRecord) {
  const ids = { operationId: callId, callId, attemptId: callId, name: 'createCall', fingerprint: '' };
  return { ...ids, createdAt, dueAt: createdAt, input: {}, about: [] };
}
