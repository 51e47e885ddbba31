/** Limits that are counted over all instances: open calls, those of a caller id, and calls in a second; and the queue for them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

import { eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { type LimitedBoard, queue, startLimitedBoard } from '../support/limited-board.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import type { Switchboard } from '../support/switchboard.ts';
import { dialsOf, entriesSince, lastEntry, timesDone } from '../support/wire.ts';

const test = ownHostOnly('starts the app with tables of its own, and a second instance');
const otherCallerId = '+14255550101';
let board: Switchboard;
let limited: LimitedBoard;

beforeAll(async () => {
  limited = await startLimitedBoard();
  board = limited.board;
});
afterAll(() => board.close());
beforeEach(() => limited.reset());

test('a call beyond maxOpenCalls is 429 with Retry-After, ACS is not asked, and nothing is left behind until a call is over', async () => {
  await limited.limits({ maxOpenCalls: 2 });
  const [first] = [await connectedCall(board.api), await connectedCall(board.api)];
  const since = await lastEntry(board);
  const key = { 'idempotency-key': randomUUID() };
  const refused = await limited.create({}, key);
  expect(problemIn(refused)).toEqual({ problem: '429 limitReached', fields: [] });
  expect(refused.body.detail).toContain('maxOpenCalls of 2');
  expect(refused.headers.get('retry-after')).toBe('5');
  expect((await board.api('GET', `operations/${key['idempotency-key']}`)).status).toBe(404);
  expect(await timesDone(board, 'createCall', since)).toBe(0);
  await limited.hangUp(first ?? '');
  const admitted = await eventually(
    () => limited.create({}, key),
    ({ status }) => status !== 429,
  );
  expect(admitted.status).toBe(202);
});

test('a limit that is lowered ends no call and admits none, and one that is lifted or raised admits at once', async () => {
  await limited.limits({ maxOpenCalls: 2 });
  const calls = [await connectedCall(board.api), await connectedCall(board.api)];
  await limited.limits({ maxOpenCalls: 1 });
  expect((await limited.create()).status).toBe(429);
  await limited.hangUp(calls[0] ?? '');
  await eventually(limited.held, (ids) => ids.length === 1);
  expect((await limited.create()).status).toBe(429);
  expect((await board.api('GET', `calls/${calls[1]}`)).body.status).toBe('connected');
  await limited.limits({ maxOpenCalls: 2 });
  expect((await limited.create()).status).toBe(202);
  expect((await limited.create()).status).toBe(429);
  await limited.limits({ maxOpenCalls: null });
  expect((await limited.create()).status).toBe(202);
});

test('calls are counted for each caller id, whose number stands nowhere in the rows of the limits', async () => {
  await limited.limits({ maxOpenCallsPerCallerId: 1 });
  expect((await limited.create()).status).toBe(202);
  const refused = await limited.create();
  expect(refused.body.detail).toContain('maxOpenCallsPerCallerId of 1');
  expect((await limited.create({ callerId: otherCallerId })).status).toBe(202);
  const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';
  const between = () => board.api('POST', 'calls', { targets: [user] });
  expect([(await between()).status, (await between()).status]).toEqual([202, 202]);
  expect(JSON.stringify(await limited.instance().slots.read())).not.toMatch(/4255550/);
});

test('calls, adds, transfers and redirects of a second are counted together, and the next second has its own', async () => {
  const callId = await connectedCall(board.api);
  await limited.limits({ maxCallsPerSecond: 1 });
  const target = { target: '+14255550144', callerId };
  const answers = await Promise.all([
    limited.create(),
    board.api('POST', `calls/${callId}/participants`, target),
    board.api('POST', `calls/${callId}/participants`, target),
    limited.create(),
    limited.create(),
  ]);
  const refused = answers.filter(({ status }) => status === 429);
  // The requests may be of two seconds.
  expect([3, 4]).toContain(refused.length);
  expect(refused[0]?.body.detail).toContain('maxCallsPerSecond of 1');
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect((await board.api('POST', `calls/${callId}/participants/remove`, { participant: guest })).status).toBe(202);
  await eventually(limited.create, ({ status }) => status === 202);
});

test('calls that wait go out in order, each when one before it is over, and a replay of one that waits takes no second slot', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const first = await connectedCall(board.api);
  const keys = [randomUUID(), randomUUID(), randomUUID()];
  for (const key of keys) {
    const { status, body } = await limited.create(queue, { 'idempotency-key': key });
    expect([status, body.status]).toEqual([202, 'queued']);
  }
  const [second = '', third = '', fourth = ''] = keys;
  const again = await limited.create(queue, { 'idempotency-key': second });
  expect([again.status, again.body.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'queued', 'true']);
  expect(await dialsOf(board, second)).toBe(0);
  expect((await limited.create()).status).toBe(429);
  for (const [over, next, waiting] of [
    [first, second, third],
    [second, third, fourth],
  ] as const) {
    await limited.hangUp(over);
    expect((await limited.settled(next)).status).toBe('succeeded');
    expect((await limited.operation(waiting)).status).toBe('queued');
    expect([await dialsOf(board, next), await dialsOf(board, waiting)]).toEqual([1, 0]);
  }
  const replayed = await limited.create(queue, { 'idempotency-key': third });
  expect([replayed.status, replayed.body.status]).toEqual([200, 'succeeded']);
  expect(await limited.held()).toEqual([third]);
});

test('a request that was performed is replayed although its limit is reached, and takes no slot when its call is over', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const key = { 'idempotency-key': randomUUID() };
  await limited.create({}, { ...key, prefer: 'wait=20' });
  expect((await limited.create({}, key)).status).toBe(200);
  await limited.hangUp(key['idempotency-key']);
  await eventually(limited.held, (ids) => ids.length === 0);
  expect((await limited.create({}, key)).status).toBe(200);
  expect(await limited.held()).toEqual([]);
});

test('who waits for longer than the request says fails with limitReached, and ACS was not asked', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  await connectedCall(board.api);
  const since = await lastEntry(board);
  const { body } = await limited.create({ queue: { forSeconds: 1 } }, { prefer: 'wait=20' });
  expect(body).toMatchObject({
    status: 'failed',
    reason: 'limitReached',
    error: { code: 'limitReached', source: 'app' },
  });
  const call = (await board.api('GET', `calls/${body.callId}`)).body;
  expect(call).toMatchObject({ status: 'failed', reason: 'limitReached', endedBy: 'app' });
  expect(await timesDone(board, 'createCall', since)).toBe(0);
});

test('a call that waits is canceled by a hang-up, and the next goes out in its place', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const first = await connectedCall(board.api);
  const [canceled, next] = [(await limited.create(queue)).body.callId, (await limited.create(queue)).body.callId];
  const hungUp = await limited.hangUp(canceled);
  expect([hungUp.status, hungUp.body.status]).toEqual([200, 'succeeded']);
  expect(await limited.operation(canceled)).toMatchObject({ status: 'canceled', reason: 'canceled' });
  expect((await board.api('GET', `calls/${canceled}`)).body).toMatchObject({ status: 'failed', reason: 'canceled' });
  await limited.hangUp(first);
  expect((await limited.settled(next)).status).toBe('succeeded');
  expect(await dialsOf(board, canceled)).toBe(0);
});

test('a sequence waits with its step, and one that may not wait fails with the limit', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const first = await connectedCall(board.api);
  const start = async (more: object) => {
    const steps = [{ id: 'call', do: 'createCall', with: { targets: [guest], callerId, ...more } }];
    return (await board.api('POST', 'sequences', { steps })).body.sequenceId;
  };
  const sequence = async (id: string) => (await board.api('GET', `sequences/${id}`)).body;
  const [refused, waits] = [await start({}), await start(queue)];
  const over = await eventually(
    () => sequence(refused),
    ({ status }) => status !== 'running',
  );
  expect(over.steps[0]).toMatchObject({ status: 'failed', error: { code: 'limitReached' } });
  const waiting = await eventually(
    () => sequence(waits),
    ({ callId }) => callId !== undefined,
  );
  expect(waiting).toMatchObject({ status: 'running', steps: [{ status: 'running' }] });
  expect((await limited.operation(waiting.callId)).status).toBe('queued');
  await limited.hangUp(first);
  const succeeded = await eventually(
    () => sequence(waits),
    ({ status }) => status !== 'running',
  );
  expect(succeeded).toMatchObject({ status: 'succeeded', steps: [{ status: 'succeeded' }] });
});

test('calls that a rule redirects beyond maxCallsPerSecond ring on and are redirected in later seconds, each once', async () => {
  const [to, target] = ['+14255550155', '+14255550156'];
  await limited.limits({ maxCallsPerSecond: 1 });
  const action = { kind: 'redirect', target, callerId };
  expect((await board.api('PUT', 'routing-rules/onwards', { priority: 1, match: { to }, action })).status).toBe(200);
  const since = await lastEntry(board);
  const calls = await Promise.all(
    ['+14255550161', '+14255550162', '+14255550163'].map((from) => dialIn(board, { from, to })),
  );
  for (const { incomingCallId } of calls) {
    await becomes(board, incomingCallId, 'redirected');
  }
  await board.api('DELETE', 'routing-rules/onwards');
  const redirects = (await entriesSince(board, since)).filter(
    ({ operation, kind, status = 500 }) => operation === 'redirectCall' && kind === 'response' && status < 300,
  );
  expect(redirects).toHaveLength(3);
});
