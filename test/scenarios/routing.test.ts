/** Incoming calls and the rules that take them. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { becomes, deliver, dialIn, incomingCallEventFrom, nextCaller } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, party, requestsSince, timesDone, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('cuts the connections between the app and storage, by a proxy between the two');

let board: Switchboard;
const to = '+14255550100';
const agent = '8:acs:agent';

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, RING_WINDOW_SECONDS: '120' });
  await party(board, agent, { onRing: 'answer' });
});
afterAll(() => board.close());
afterEach(async () => {
  board.storage.down = false;
  board.storage.onPass = () => {};
  await board.emulator.control.delete('faults');
  for (const { ruleId } of (await board.api('GET', 'routing-rules')).body.items) {
    await board.api('DELETE', `routing-rules/${ruleId}`);
  }
});

async function put(ruleId: string, action: object, rest: object = {}): Promise<void> {
  const { status } = await board.api('PUT', `routing-rules/${ruleId}`, { priority: 10, action, ...rest });
  expect(status).toBeLessThan(300);
}

test.each([
  [{ kind: 'answer' }, 'answered', 'answerCall'],
  [{ kind: 'reject', reason: 'busy' }, 'rejected', 'rejectCall'],
  [{ kind: 'redirect', target: agent }, 'redirected', 'redirectCall'],
])('a rule that says %o makes the call %s', async (action, status, operation) => {
  const since = await lastEntry(board);
  await put('one', action, { match: { to } });
  const { incomingCallId, from } = await dialIn(board, { to });
  const { body } = await becomes(board, incomingCallId, status);
  expect(body).toMatchObject({ from, to, ruleId: 'one', receivedAt: expect.any(String) });
  expect(await timesDone(board, operation, since)).toBe(1);
  expect((await board.api('GET', `operations/${incomingCallId}`)).body).toMatchObject({ name: operation });
  const call = await board.api('GET', `calls/${incomingCallId}`);
  expect(call.status).toBe(status === 'answered' ? 200 : 404);
  expect(body.callId).toBe(status === 'answered' ? incomingCallId : undefined);
});

test('a call that no rule takes rings until it is answered by hand, once', async () => {
  await put('off', { kind: 'reject' }, { enabled: false });
  await put('other', { kind: 'reject' }, { match: { to: '+14255550199' } });
  const { incomingCallId, status, ruleId } = await dialIn(board, { to });
  expect({ status, ruleId }).toEqual({ status: 'ringing', ruleId: undefined });
  const answered = await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  expect(answered.body).toMatchObject({ status: 'succeeded', callId: incomingCallId });
  for (const again of ['answer', 'reject']) {
    expect(problemIn(await board.api('POST', `incoming-calls/${incomingCallId}/${again}`)).problem).toBe(
      '409 callNotAnswerable',
    );
  }
  expect((await board.api('GET', `calls/${incomingCallId}`)).body).toMatchObject({
    status: 'connected',
    direction: 'inbound',
  });
});

test('the rule of lowest priority takes the call, a disabled one never does', async () => {
  await put('b', { kind: 'reject' }, { priority: 20 });
  await put('c', { kind: 'leave' }, { priority: 5, match: { toPrefix: '+1425', fromPrefix: '1425' } });
  await put('a', { kind: 'reject' }, { priority: 1, enabled: false });
  expect(await dialIn(board, { to })).toMatchObject({ status: 'ringing', ruleId: 'c' });
});

test('the same IncomingCall event twice, and at once, is one incoming call and one answer', async () => {
  await put('one', { kind: 'answer' });
  const since = await lastEntry(board);
  const { incomingCallId, from } = await dialIn(board, { to });
  const event = await incomingCallEventFrom(board, from);
  expect(await deliver(board, [event, event, { ...event, id: randomUUID() }])).toBe(202);
  await becomes(board, incomingCallId, 'answered');
  expect(await deliver(board, [event])).toBe(202);
  const { items } = (await board.api('GET', 'incoming-calls?limit=200')).body;
  expect(items.filter((item: { from: string }) => item.from === from)).toHaveLength(1);
  expect(await timesDone(board, 'answerCall', since)).toBe(1);
});

test('an IncomingCall event that comes again after the call was answered by hand changes nothing', async () => {
  const { incomingCallId, from } = await dialIn(board, { to });
  await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  await put('late', { kind: 'reject' });
  const since = await lastEntry(board);
  expect(await deliver(board, [await incomingCallEventFrom(board, from)])).toBe(202);
  expect(await becomes(board, incomingCallId, 'answered')).toMatchObject({ body: { callId: incomingCallId } });
  expect(await requestsSince(board, since)).toEqual([]);
});

test('an IncomingCall event that comes too late is recorded as stale and not answered', async () => {
  const from = nextCaller();
  const event = await incomingCallEventOf(from, { eventTime: new Date(Date.now() - 121_000).toISOString() });
  await put('one', { kind: 'answer' });
  const since = await lastEntry(board);
  expect(await deliver(board, [event])).toBe(202);
  const { items } = (await board.api('GET', 'incoming-calls?status=stale')).body;
  const stale = items.find((item: { from: string }) => item.from === from);
  expect(stale).toMatchObject({ status: 'stale' });
  expect(problemIn(await board.api('POST', `incoming-calls/${stale.incomingCallId}/answer`)).problem).toBe(
    '409 callNotAnswerable',
  );
  expect(await requestsSince(board, since)).toEqual([]);
});

/** An IncomingCall event of a call that ACS does not know. */
async function incomingCallEventOf(from: string, over: object = {}, data: object = {}) {
  const { from: caller } = await dialIn(board, { to });
  const event = await incomingCallEventFrom(board, caller);
  const identified = { from: { kind: 'phoneNumber', rawId: `4:${from}` }, correlationId: randomUUID() };
  return { ...event, id: randomUUID(), ...over, data: { ...event.data, ...identified, ...data } };
}

test('an event that is no incoming call, or no event at all, is acknowledged and records no call', async () => {
  const event = await incomingCallEventOf(nextCaller());
  expect(await deliver(board, [{ hello: 'world' }])).toBe(202);
  const { incomingCallContext: _, ...data } = event.data;
  expect(await deliver(board, [{ ...event, data }])).toBe(202);
  expect(await deliver(board, [{ ...event, eventTime: 'yesterday' }])).toBe(202);
  const { items } = (await board.api('GET', 'incoming-calls?limit=200')).body;
  expect(items.some((item: { from: string }) => `4:${item.from}` === event.data.from.rawId)).toBe(false);
});

test('an IncomingCall event while storage is unavailable is a failure; the next delivery records the call', async () => {
  const from = nextCaller();
  const event = await incomingCallEventOf(from);
  board.storage.down = true;
  expect(await deliver(board, [event])).toBe(500);
  board.storage.down = false;
  expect(await deliver(board, [event])).toBe(202);
  const { items } = (await board.api('GET', 'incoming-calls')).body;
  expect(items).toContainEqual(expect.objectContaining({ from, status: 'ringing' }));
});

test('storage that goes away before the action is a failure too; the next delivery acts', async () => {
  const event = await incomingCallEventOf(nextCaller());
  await put('one', { kind: 'reject' });
  board.storage.onPass = ({ method, path }, moment) => {
    if (method === 'GET' && moment === 'request' && path.includes("RowKey='call'")) throw new Error('away');
  };
  expect(await deliver(board, [event])).toBe(500);
  board.storage.onPass = () => {};
  const since = await lastEntry(board);
  expect(await deliver(board, [event])).toBe(202);
  expect((await requestsSince(board, since)).map(({ path }) => path?.split('?')[0])).toEqual([
    '/calling/callConnections:reject',
  ]);
});

test('what ACS refuses to a rule is an outcome, and no failure of the delivery', async () => {
  await put('one', { kind: 'answer' });
  await fault(board, 'answerCall', { status: 409 });
  const { incomingCallId } = await dialIn(board, { to });
  const { body } = await eventually(
    () => board.api('GET', `operations/${incomingCallId}`),
    ({ status }) => status === 200,
  );
  expect(body).toMatchObject({ name: 'answerCall', status: 'failed', error: { code: 'acsRefused' } });
  expect((await board.api('GET', `incoming-calls/${incomingCallId}`)).body.status).toBe('ringing');
});

test('a caller without a number is known by a raw id', async () => {
  const event = await incomingCallEventOf(
    nextCaller(),
    {},
    { from: { kind: 'unknown', rawId: '4:anonymous' }, callerDisplayName: 'Anonymous' },
  );
  expect(await deliver(board, [event])).toBe(202);
  const { items } = (await board.api('GET', 'incoming-calls')).body;
  expect(items).toContainEqual(expect.objectContaining({ from: '4:anonymous', callerDisplayName: 'Anonymous' }));
});
