/** Storage is unavailable: no call is made without a record of it, and open operations are found again. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { callbacksOf, dialsOf, entriesSince, lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('cuts the connections between the app and storage, by a proxy between the two');

let board: Switchboard;
const callerId = '+14255550100';
const call = { targets: ['+14255550123'], callerId };
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ACS_TIMEOUT_SECONDS: '1', TABLE_PREFIX: prefix });
});
afterAll(() => board.close());
afterEach(() => {
  board.storage.down = false;
  board.acs.onPass = () => {};
  board.storage.onPass = () => {};
});

test('operations are 503 and never come to ACS', async () => {
  const callId = await connectedCall(board.api);
  board.storage.down = true;
  const since = await lastEntry(board);
  const paths = [
    ['calls', call],
    [`calls/${callId}/hang-up`, {}],
    [`incoming-calls/${callId}/answer`, {}],
  ] as const;
  for (const [path, body] of paths) {
    const answer = await board.api('POST', path, body);
    expect(problemIn(answer).problem).toBe('503 storageUnavailable');
    expect(answer.headers.get('retry-after')).toBe('1');
  }
  expect(await requestsSince(board, since)).toEqual([]);
});

test.each([
  'calls',
  'incoming-calls',
  'routing-rules',
  'routing-rules/x',
  'webhooks',
  'webhooks/x',
  'webhooks/notifyUrl/deliveries',
  `calls/${randomUUID()}`,
  `operations/${randomUUID()}`,
])('GET %s is 503', async (path) => {
  board.storage.down = true;
  expect(problemIn(await board.api('GET', path)).problem).toBe('503 storageUnavailable');
});

test('health names storage while it is unavailable, and is well when it is back', async () => {
  const healthy = { status: 'healthy', checks: { storage: { status: 'healthy' } } };
  expect(await board.api('GET', 'health')).toMatchObject({ status: 200, body: healthy });
  board.storage.down = true;
  expect(await board.api('GET', 'health')).toMatchObject({
    status: 503,
    body: { status: 'unhealthy', checks: { storage: { status: 'unhealthy', detail: expect.any(String) } } },
  });
  board.storage.down = false;
  expect(await board.api('GET', 'health')).toMatchObject({ status: 200, body: healthy });
});

test.each([
  ['is gone', undefined],
  ['has another text', '{"probe":"other"}'],
])('health names the tables when the row that it wrote %s as it is read', async (_, text) => {
  const row = { partitionKey: 'health', rowKey: 'check' };
  const connectionString = inject('storage');
  const rows = TableClient.fromConnectionString(connectionString, `${prefix}health`, { allowInsecureConnection: true });
  board.storage.onPass = async ({ method, path }, moment) => {
    if (method === 'GET' && path.includes(`${prefix}health`) && moment === 'request') {
      await (text === undefined
        ? rows.deleteEntity(row.partitionKey, row.rowKey)
        : rows.updateEntity({ ...row, d0: text }, 'Replace'));
    }
  };
  const { status, body } = await board.api('GET', 'health');
  expect(status).toBe(503);
  expect(body.checks.storage.failing).toEqual([{ service: 'tables', error: 'TypeError' }]);
  board.storage.onPass = () => {};
  expect((await board.api('GET', 'health')).status).toBe(200);
});

test('a key whose request failed for storage can be used once storage is back', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  board.storage.down = true;
  expect((await board.api('POST', 'calls', call, headers)).status).toBe(503);
  board.storage.down = false;
  const { body } = await board.api('POST', 'calls', call, { ...headers, prefer: 'wait=20' });
  expect(body).toMatchObject({ operationId: headers['idempotency-key'], status: 'succeeded' });
  expect(await dialsOf(board, body.callId)).toBe(1);
});

test('storage that goes away after ACS was asked loses neither call nor event', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const since = await lastEntry(board);
  board.acs.onPass = (_, moment) => {
    board.storage.down = moment === 'answer';
  };
  expect(problemIn(await board.api('POST', 'calls', call, headers)).problem).toBe('503 storageUnavailable');
  const callId = headers['idempotency-key'];
  await eventually(
    () => callbacksOf(board, callId),
    (sent) => sent.length > 0,
  );
  const delivered = await eventually(
    async () =>
      (await entriesSince(board, since)).filter(({ kind, url }) => kind === 'delivery' && url?.endsWith(callId)),
    ({ length }) => length > 1,
  );
  expect(new Set(delivered.map(({ status }) => status))).toEqual(new Set([503]));
  board.acs.onPass = () => {};
  board.storage.down = false;
  const settled = await eventually(
    () => board.api('POST', 'calls', call, headers),
    ({ body }) => body.status === 'succeeded',
  );
  expect(settled.body).toMatchObject({ operationId: callId, settledBy: 'read' });
  expect((await board.api('GET', `calls/${callId}`)).body).toMatchObject({
    status: 'connected',
    participants: [{ participant: '+14255550123' }],
  });
  expect(await dialsOf(board, callId)).toBe(1);
});

test.each([
  ['a call', 'first'],
  ['a call', 'second'],
  ['an invitation', 'first'],
  ['an invitation', 'second'],
] as const)('%s whose %s write is not acknowledged is made, once', async (what, which) => {
  const callId = what === 'a call' ? undefined : await connectedCall(board.api);
  const path = callId === undefined ? 'calls' : `calls/${callId}/participants`;
  const target = '+14255550188';
  const body = callId === undefined ? { targets: [target], callerId } : { target, callerId };
  const since = await lastEntry(board);
  const headers = { 'idempotency-key': randomUUID(), prefer: 'wait=20' };
  loseAcknowledgement(headers['idempotency-key'], which);
  const answer = await board.api('POST', path, body, headers);
  expect(answer).toMatchObject({ status: 200, body: { operationId: headers['idempotency-key'], status: 'succeeded' } });
  const asked = (await requestsSince(board, since)).filter(({ path: at }) => !at?.includes('participants?'));
  expect(asked.length).toBe(1);
  const timeline = await board.api('GET', `calls/${answer.body.callId}/timeline?limit=200`);
  const own = timeline.body.items.filter(
    ({ operationId, kind }: { operationId: string; kind: string }) =>
      operationId === headers['idempotency-key'] && kind !== 'event',
  );
  expect(own.map(({ kind }: { kind: string }) => kind)).toEqual(['requested', 'sent', 'settled']);
});

/** Cuts the connection before the acknowledgement of the intent, or of ACS's answer, comes back. */
function loseAcknowledgement(operationId: string, which: 'first' | 'second'): void {
  let writes = 0;
  const wanted = { first: 1, second: 2 }[which];
  board.storage.onPass = ({ method, body }, moment) => {
    const isOfOperation = body.includes(operationId) && !body.includes('callIndex') && !body.includes('eventId');
    const isWrite = method === 'POST' && isOfOperation;
    if (isWrite && moment === 'answer') {
      writes += 1;
      if (writes === wanted) {
        throw new Error('the acknowledgement is lost');
      }
    }
  };
}
