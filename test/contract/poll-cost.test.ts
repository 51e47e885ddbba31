/** Polls of any one resource with `If-None-Match`: 304, for the point reads that find it. */
import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { quiet } from '../support/proxy.ts';
import { isAtIntervals } from '../support/storage-cost.ts';
import { ownHostOnly } from '../support/suited.ts';
import type { PublishedBoard } from './published.ts';
import { makeResources, pathOf, type Resources, startWholeBoard } from './requests.ts';

const test = ownHostOnly('counts its requests to storage');

let board: PublishedBoard;
let resources: Resources;

beforeAll(async () => {
  board = await startWholeBoard();
  resources = await makeResources(board);
  await quiet(board.storage);
});
afterAll(() => board.close());

const resourcesRead = endpoints.filter(({ method, path }) => method === 'GET' && path.endsWith('}'));

/** An operation is found by its intent, which names its call; a delivery is read with its webhook. */
const readsOf: Readonly<Record<string, number>> = { getOperation: 2, getWebhookDelivery: 2 };

/** Who read what concerns people is audited, where that is on: a write for each read. */
const isAudit = ({ path }: { path: string }) => /audit/i.test(path);

test.each(resourcesRead)('a poll of $path that finds no change costs point reads only', async (endpoint) => {
  const path = pathOf(endpoint, resources);
  const etag = (await board.api('GET', path)).headers.get('etag') ?? '';
  await quiet(board.storage);
  const { status } = await board.api('GET', path, undefined, { 'if-none-match': etag });
  const requests = board.storage.take().filter((one) => !isAudit(one));
  const read = endpoint.path.startsWith('webhooks') ? requests : requests.filter((one) => !isAtIntervals(one));
  const methods = Array.from({ length: readsOf[endpoint.name] ?? 1 }, () => 'GET');
  expect({ status, methods: read.map(({ method }) => method) }).toEqual({ status: 304, methods });
  expect(read.filter((one) => !one.path.includes('(PartitionKey='))).toEqual([]);
});
