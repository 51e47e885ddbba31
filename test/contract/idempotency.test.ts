/** What an Idempotency-Key promises besides the replay of a success, which operations.test.ts shows of each operation. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, party, requestsSince, timesDone, withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

let board: Switchboard;
const callerId = '+14255550100';
const call = { targets: ['+14255550123'], callerId };
const silent = '+14255550191';

beforeAll(async () => {
  board = await published(await startSwitchboard(withoutTimers));
});
afterAll(() => board.close());

const under = (key: string) => ({ 'idempotency-key': key });

test('a key that was used is refused to any other request', async () => {
  const [key, mine, other] = [randomUUID(), await connectedCall(board.api), await connectedCall(board.api)];
  const first = await board.api(
    'POST',
    `calls/${mine}/participants/move`,
    { participants: ['8:acs:a'], fromCallId: other },
    under(key),
  );
  expect(first.status).toBe(202);
  const since = await lastEntry(board);
  const others: readonly (readonly [string, string, object])[] = [
    ['POST', `calls/${mine}/participants/move`, { participants: ['8:acs:b'], fromCallId: other }],
    ['POST', `calls/${other}/participants/move`, { participants: ['8:acs:a'], fromCallId: mine }],
    ['POST', `calls/${mine}/hang-up`, {}],
    ['POST', 'calls', call],
    ['POST', 'calls/connect', { locator: { kind: 'group', id: randomUUID() } }],
  ];
  for (const [method, path, body] of others) {
    expect(problemIn(await board.api(method, path, body, under(key))).problem).toBe('422 idempotencyKeyReused');
  }
  expect(await requestsSince(board, since)).toEqual([]);
});

test('the order of members and the case of the key make no other request', async () => {
  const key = randomUUID();
  const first = await board.api('POST', 'calls', { ...call, context: 'x' }, under(key));
  const again = await board.api(
    'POST',
    'calls',
    { context: 'x', callerId, targets: call.targets },
    under(key.toUpperCase()),
  );
  expect(again.body.operationId).toBe(first.body.operationId);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(first.headers.has('idempotent-replayed')).toBe(false);
});

test('an operation that failed by its event is replayed as it failed', async () => {
  await party(board, silent, { onRing: 'decline', afterMs: 0 });
  const key = randomUUID();
  const request = ['POST', 'calls', { targets: [silent], callerId }] as const;
  const first = await board.api(...request, { ...under(key), prefer: 'wait=20' });
  const again = await board.api(...request, under(key));
  expect(first.body).toMatchObject({ status: 'failed', error: { source: 'acs', acsSubCode: expect.any(Number) } });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
});

test('an operation that ACS refused is replayed as the operation, and not retried', async () => {
  const key = randomUUID();
  await fault(board, 'createCall', { status: 400 });
  const refused = await board.api('POST', 'calls', call, under(key));
  expect(problemIn(refused).problem).toBe('400 acsRefused');
  const since = await lastEntry(board);
  const again = await board.api('POST', 'calls', call, under(key));
  expect(again).toMatchObject({
    status: 200,
    body: { operationId: key, status: 'failed', error: { code: 'acsRefused' } },
  });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(await requestsSince(board, since)).toEqual([]);
});

test('a request that was refused leaves nothing behind, and its key can be used', async () => {
  const ended = await connectedCall(board.api);
  await board.api('POST', `calls/${ended}/hang-up`, {}, { prefer: 'wait=20' });
  await party(board, silent, { onRing: 'noAnswer' });
  const connecting = (await board.api('POST', 'calls', { targets: [silent], callerId })).body.callId;
  const incoming = await ringingCall(board);
  await board.api('POST', `incoming-calls/${incoming}/reject`, {});
  const refusals: readonly (readonly [string, string, object])[] = [
    ['404 callNotFound', `calls/${randomUUID()}/hang-up`, {}],
    ['410 callEnded', `calls/${ended}/hang-up`, {}],
    ['422 invalidInput', 'calls', { targets: [] }],
    ['409 callNotConnected', `calls/${connecting}/transfer`, { target: '+14255550124' }],
    ['409 callNotAnswerable', `incoming-calls/${incoming}/answer`, {}],
  ];
  for (const [problem, path, body] of refusals) {
    const key = randomUUID();
    expect(problemIn(await board.api('POST', path, body, under(key))).problem).toBe(problem);
    expect(problemIn(await board.api('GET', `operations/${key}`)).problem).toBe('404 operationNotFound');
    const taken = await board.api('POST', 'calls', call, under(key));
    expect(taken).toMatchObject({ status: 202, body: { operationId: key } });
    expect(taken.headers.has('idempotent-replayed')).toBe(false);
  }
});

test('twenty requests at once under one key dial once', async () => {
  const key = randomUUID();
  const since = await lastEntry(board);
  const answers = await Promise.all(Array.from({ length: 20 }, () => board.api('POST', 'calls', call, under(key))));
  expect(new Set(answers.map(({ body }) => body.callId)).size).toBe(1);
  expect(answers.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1);
  expect(answers.every(({ status }) => status === 200 || status === 202)).toBe(true);
  expect(await timesDone(board, 'createCall', since)).toBe(1);
});

test('a replay whose request waits gets the outcome, even with a Prefer that would be refused', async () => {
  const key = randomUUID();
  await board.api('POST', 'calls', call, under(key));
  const waited = await board.api('POST', 'calls', call, { ...under(key), prefer: 'wait=20' });
  expect(waited).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  const refused = await board.api('POST', 'calls', call, { ...under(key), prefer: 'wait=99' });
  expect(refused).toMatchObject({ status: 200, body: waited.body });
});

test('an operation is replayed as it was after its call has ended', async () => {
  const key = randomUUID();
  const callId = await connectedCall(board.api);
  const add = ['POST', `calls/${callId}/participants`, { target: '+14255550124', callerId }] as const;
  const first = await board.api(...add, { ...under(key), prefer: 'wait=20' });
  const hangUp = randomUUID();
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { ...under(hangUp), prefer: 'wait=20' });
  expect(problemIn(await board.api(...add)).problem).toBe('410 callEnded');
  expect(await board.api(...add, under(key))).toMatchObject({ status: 200, body: first.body });
  const again = await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, under(hangUp));
  expect(again).toMatchObject({ status: 200, body: { operationId: hangUp, status: 'succeeded' } });
});

test('what a caller gives as context is given back', async () => {
  const { body } = await board.api('POST', 'calls', {
    ...call,
    context: 'ticket 7',
  });
  expect(body.context).toBe('ticket 7');
  const read = await eventually(
    () => board.api('GET', `operations/${body.operationId.toUpperCase()}`),
    ({ status }) => status === 200,
  );
  expect(read.body.context).toBe('ticket 7');
});
