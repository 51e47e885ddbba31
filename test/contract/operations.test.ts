import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { requestOf, situations } from '../support/situations.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

const all: readonly Operation[] = operations;
let board: Switchboard;

beforeAll(async () => {
  board = await published(await startSwitchboard(withoutTimers));
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const read = (operationId: string) => board.api('GET', `operations/${operationId}`);

test('there is a situation for every operation, and for no other', () => {
  expect(Object.keys(situations).sort()).toEqual(all.map(({ name }) => name).sort());
});

test.concurrent.each(all)('$name reaches ACS and settles as its literal states', async (operation) => {
  const send = await requestOf(board, operation);
  const sent = await send();
  expect(sent.body).toMatchObject({ name: operation.name });
  expect([200, 202]).toContain(sent.status);
  expect(sent.headers.get('operation-location')).toBe(`${board.url}/api/operations/${sent.body.operationId}`);
  const { body } = await eventually(
    () => read(sent.body.operationId),
    (answer) => answer.body.status !== 'sent' && answer.body.status !== 'accepted',
  );
  expect(body).toMatchObject({ status: 'succeeded', sentAt: expect.any(String), settledAt: expect.any(String) });
  expect([operation.settles.by === 'response' ? 'response' : 'event', 'read']).toContain(body.settledBy);
});

/** Operations whose failure ACS reports by an event. */
const byEvent = all.filter(({ settles }) => 'failure' in settles && settles.failure.length > 0);

test.each(byEvent)(
  '$name fails by an event of ACS, and a request that waits is answered with 200',
  async (operation) => {
    const failure = { code: 400, subCode: 8999, message: 'injected by the test' };
    const send = await requestOf(board, operation);
    await fault(board, situations[operation.name]?.wire ?? '', { fail: failure });
    const answer = await send({ prefer: 'wait=20' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'failed', settledBy: 'event', error: { source: 'acs', acsCode: 400, acsSubCode: 8999 } },
    });
  },
);

test.each(all)('a refusal of $name is a problem with the code of ACS, and the operation fails', async (operation) => {
  const send = await requestOf(board, operation);
  await fault(board, situations[operation.name]?.wire ?? '', { status: 409 });
  const answer = await send();
  expect(answer).toMatchObject({
    status: 409,
    body: {
      code: 'acsRefused',
      operationId: expect.any(String),
      acsCode: 409,
      acsMessage: expect.any(String),
      correlationId: expect.any(String),
    },
  });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect((await read(answer.body.operationId)).body).toMatchObject({
    status: 'failed',
    settledBy: 'response',
    error: { source: 'acs' },
  });
});

test.concurrent.each(all)('$name requested twice under one key is requested of ACS once', async (operation) => {
  const key = randomUUID();
  const send = await requestOf(board, operation);
  const since = await lastEntry(board);
  const first = await send({ 'idempotency-key': key, prefer: 'wait=20' });
  const again = await send({ 'idempotency-key': key });
  expect(first.body).toMatchObject({ operationId: key, status: 'succeeded' });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  const asked = (await requestsSince(board, since)).filter(
    ({ headers }) => headers?.['repeatability-request-id'] === key,
  );
  expect(asked.length).toBe(1);
});
