/** What a call says after its end: who was called, what happened to each, why it ended, by whom, and how long it lasted. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall } from '../support/calls.ts';
import {
  actsOn,
  callee,
  elsewhere,
  labels,
  neverJoined,
  participantId,
  stayed,
  time,
  user,
} from '../support/endings.ts';
import { dialIn, nextCaller } from '../support/incoming-calls.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const { script, fault, hangsUp, place, over, withRoster } = actsOn(() => board);

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());
afterEach(async () => {
  await board.emulator.control.delete('faults');
  await board.emulator.control.put('numbers', { numbers: [] });
});

/** Calls that no one answered: how the phone reacts, or how ACS reports it, and what the call says. */
const unanswered = [
  { title: 'decline', onRing: 'decline', reason: 'declined', endedBy: 'callee', codes: [603, 560603] },
  { title: 'busy', onRing: 'busy', reason: 'busy', endedBy: 'callee', codes: [486, 560486] },
  // Without the 115 seconds of ringing.
  { title: 'no answer', fail: 560480, reason: 'noAnswer', endedBy: 'acs', codes: [480, 560480] },
  { title: 'unreachable', onRing: 'unreachable', reason: 'unreachable', endedBy: 'acs', codes: [404, 560404] },
  { title: 'invalid number', onRing: 'invalidNumber', reason: 'invalidNumber', endedBy: 'acs', codes: [484, 560484] },
] as const;

test.each(unanswered)('a call that ends by $title says whom it was to reach, and why it did not', async (ending) => {
  const [acsCode, acsSubCode] = ending.codes;
  await script(callee, 'onRing' in ending ? ending.onRing : 'answer');
  if ('fail' in ending) {
    await fault('createCall', { fail: { code: acsCode, subCode: acsSubCode, message: 'No answer.' } });
  }
  const { body } = await place([callee]);
  const first = (await board.api('GET', `calls/${body.callId}`)).body;
  expect(first).toMatchObject({ from: callerId, to: [callee], ...labels });
  expect(await over(body.callId)).toMatchObject({
    status: 'failed',
    from: callerId,
    to: [callee],
    ...labels,
    participants: [],
    roster: [neverJoined(callee, ending.reason)],
    end: { acsCode, acsSubCode },
    reason: ending.reason,
    endedBy: ending.endedBy,
    durationSeconds: 0,
    recordingIds: [],
    sequenceIds: [],
  });
  const operation = await board.api('GET', `operations/${body.callId}`);
  expect(operation.body).toMatchObject({ status: 'failed', reason: ending.reason, requestedBy: { kind: 'api' } });
});

test('a call whose callee hangs up says when each joined and left, and that the callee ended it', async () => {
  await script(callee, 'answer');
  const callId = await connectedCall(board.api, [callee], labels);
  expect((await board.api('GET', `calls/${callId}`)).body.roster).toEqual(
    [
      { ...neverJoined(callee, '', 'connected'), reason: undefined, joinedAt: time, isMuted: false, isOnHold: false },
    ].map(({ reason: _, ...entry }) => entry),
  );
  await hangsUp(callId, callee);
  const call = await over(callId);
  expect(call).toMatchObject({
    from: callerId,
    to: [callee],
    ...labels,
    roster: [stayed(callee, 'calleeLeft')],
    reason: 'calleeLeft',
    endedBy: 'callee',
    end: { acsCode: 200, acsSubCode: 560000 },
  });
  expect(call.durationSeconds).toBeCloseTo((Date.parse(call.endedAt) - Date.parse(call.connectedAt)) / 1000);
});

test('a call that the app hangs up says so, also of one that still rings', async () => {
  await script(callee, 'answer');
  const connected = await connectedCall(board.api, [callee]);
  await board.api('POST', `calls/${connected}/hang-up`, { forEveryone: true });
  expect(await over(connected)).toMatchObject({
    roster: [stayed(callee, 'hungUp')],
    reason: 'hungUp',
    endedBy: 'app',
    durationSeconds: expect.any(Number),
  });
  await script(callee, 'noAnswer');
  const { body } = await place([callee]);
  await board.api('POST', `calls/${body.callId}/hang-up`, {});
  expect(await over(body.callId)).toMatchObject({
    to: [callee],
    roster: [neverJoined(callee, 'canceled', 'canceled')],
    reason: 'hungUp',
    endedBy: 'app',
    durationSeconds: 0,
  });
});

test('a transferred call says to whom, and that the app ended it so', async () => {
  await Promise.all([script(callee, 'answer'), script(elsewhere, 'answer')]);
  const callId = await connectedCall(board.api, [callee]);
  await board.api('POST', `calls/${callId}/transfer`, { target: elsewhere }, { prefer: 'wait=20' });
  expect(await over(callId)).toMatchObject({
    from: callerId,
    to: [callee],
    roster: [
      stayed(callee, 'transferred'),
      { participantId, participant: elsewhere, role: 'transferred', status: 'left', reason: 'transferred' },
    ],
    reason: 'transferred',
    endedBy: 'app',
  });
});

test('a call that ACS refuses at once is there with its people, the refusal and the reason', async () => {
  await board.emulator.control.put('numbers', { numbers: ['+14255550111'] });
  const refused = await place([callee]);
  expect(refused).toMatchObject({ status: 400, body: { acsCode: 400, acsSubCode: 8523 } });
  expect((await board.api('GET', `calls/${refused.body.operationId}`)).body).toMatchObject({
    status: 'failed',
    from: callerId,
    to: [callee],
    ...labels,
    roster: [neverJoined(callee, 'rejectedByAcs')],
    end: { acsCode: 400, acsSubCode: 8523, acsMessage: expect.any(String) },
    reason: 'rejectedByAcs',
    endedBy: 'acs',
    durationSeconds: 0,
  });
});

test('a call for which ACS answers 500 says that ACS failed', async () => {
  await fault('createCall', { status: 500 });
  const { body } = await place([callee]);
  expect((await board.api('GET', `calls/${body.operationId}`)).body).toMatchObject({
    status: 'failed',
    from: callerId,
    to: [callee],
    ...labels,
    roster: [neverJoined(callee, 'acsUnavailable')],
    end: { acsCode: 500 },
    reason: 'acsUnavailable',
    endedBy: 'acs',
    durationSeconds: 0,
  });
});

test.each([
  ['a phone', nextCaller(), 540000],
  ['a user', user, 5010],
])('an incoming call of %s says who called whom, and that the caller ended it', async (_, from, acsSubCode) => {
  const { incomingCallId: callId } = await dialIn(board, { from, to: callerId });
  await board.api('POST', `incoming-calls/${callId}/answer`, labels, { prefer: 'wait=20' });
  await withRoster(callId, (roster) => roster[0]?.status === 'connected');
  await hangsUp(callId, from);
  const caller = { participantId, participant: from, role: 'caller', status: 'left', reason: 'callerLeft' };
  expect(await over(callId)).toMatchObject({
    direction: 'inbound',
    from,
    to: [callerId],
    ...labels,
    roster: [{ ...caller, joinedAt: time, leftAt: time }],
    end: { acsCode: 200, acsSubCode },
    reason: 'callerLeft',
    endedBy: 'caller',
    durationSeconds: expect.any(Number),
  });
});

test('an incoming call that was redirected too often says that the limit was reached', async () => {
  const numbers = Array.from({ length: 7 }, (_, index) => `+1425555018${index}`);
  await board.emulator.control.put('numbers', { numbers: [callerId, ...numbers] });
  for (const [index, to] of numbers.entries()) {
    const action = { kind: 'redirect', target: numbers[index + 1] ?? elsewhere, callerId };
    await board.api('PUT', `routing-rules/hop-${index}`, { priority: 1, match: { to }, action });
  }
  const from = nextCaller();
  await board.emulator.control.post('incoming-calls', { from, to: numbers[0] });
  const limited = await eventually(
    async () => (await board.api('GET', 'incoming-calls')).body.items,
    (items) => items.some(({ reason }: { reason?: string }) => reason !== undefined),
  );
  const { incomingCallId } = limited.find(({ reason }: { reason?: string }) => reason !== undefined);
  expect((await board.api('GET', `incoming-calls/${incomingCallId}`)).body).toMatchObject({
    from: callerId,
    to: numbers[5],
    status: 'ringing',
    reason: 'limitReached',
    ruleId: 'hop-5',
  });
});
