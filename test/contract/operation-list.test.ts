/** The operations of a call, and those that did not succeed over all calls. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('lists tables of its own, and nothing of other tests');

// biome-ignore lint/suspicious/noExplicitAny: items of any list.
type Item = any;

let board: Switchboard;
let callId: string;
const refused = randomUUID();

/** A call with operations that succeed, and one that an event fails; a call that ACS refuses. */
beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/media/hold`, { participant: guest }, { prefer: 'wait=20' });
  await board.api('POST', `calls/${callId}/media/unhold`, { participant: guest }, { prefer: 'wait=20' });
  await fault(board, 'play', { fail: { code: 400, subCode: 8536, message: 'as asked' } });
  await board.api('POST', `calls/${callId}/media/play`, { sources: [{ text: 'Hello.' }] }, { prefer: 'wait=20' });
  await fault(board, 'createCall', { status: 400 });
  await board.api('POST', 'calls', { targets: [guest], callerId }, { 'idempotency-key': refused });
});
afterAll(() => board.close());

const list = async (query: Readonly<Record<string, string>>): Promise<Item[]> => {
  const { status, body } = await board.api('GET', `operations?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return body.items;
};

test('the operations of a call are listed newest first, as each is read by itself', async () => {
  const items = await list({ callId });
  expect(items.map(({ name }) => name)).toEqual(['play', 'unhold', 'hold', 'createCall']);
  for (const item of items) {
    expect(item).toEqual((await board.api('GET', `operations/${item.operationId}`)).body);
  }
  const pages = await board.api('GET', `operations?callId=${callId}&limit=3`);
  const rest = await list({ callId, limit: '3', cursor: pages.body.nextCursor });
  expect([...pages.body.items, ...rest]).toEqual(items);
});

test('the operations of a call are filtered by status, name and time', async () => {
  const [first, second, third] = await list({ callId });
  expect((await list({ callId, name: 'hold' })).map(({ name }) => name)).toEqual(['hold']);
  expect((await list({ callId, status: 'succeeded' })).map(({ name }) => name)).toEqual([
    'unhold',
    'hold',
    'createCall',
  ]);
  expect(await list({ callId, createdAfter: third.createdAt, createdBefore: second.createdAt })).toEqual([]);
  expect(await list({ callId, createdAfter: third.createdAt, createdBefore: first.createdAt })).toEqual([second]);
  expect(await list({ callId: randomUUID() })).toEqual([]);
});

test('what did not succeed is listed over all calls, by status and by name', async () => {
  const ids = async (query: Readonly<Record<string, string>>) =>
    (await list(query)).map(({ operationId }) => operationId);
  const [play] = await list({ callId, name: 'play' });
  expect(play.status).toBe('failed');
  const wanted = [refused, play.operationId];
  await eventually(
    () => ids({}),
    (found) => found.join() === wanted.join(),
  );
  expect(await ids({ status: 'failed' })).toEqual(wanted);
  expect(await ids({ name: 'play', status: 'failed' })).toEqual([play.operationId]);
  expect(await ids({ name: 'play', status: 'canceled' })).toEqual([]);
  expect(await ids({ status: 'timedOut' })).toEqual([]);
  expect(await ids({ createdAfter: play.createdAt })).toEqual([refused]);
});

test.each(['succeeded', 'sent', 'accepted'])('operations over all calls that are %s are not listed', async (status) => {
  expect(problemIn(await board.api('GET', `operations?status=${status}`))).toMatchObject({
    problem: '422 invalidInput',
    fields: ['status'],
  });
});
