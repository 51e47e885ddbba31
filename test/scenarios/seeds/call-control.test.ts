/** The how-to on steering calls, heading by heading: calls that begin and calls that end. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { startReceiver } from '../../local/emulator/receiver.ts';
import { eventually } from '../../support/api.ts';
import { ringingCall } from '../../support/calls.ts';
import { problemIn } from '../../support/problem.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { fault, party, withoutTimers } from '../../support/wire.ts';
import {
  appNumber,
  askedOf,
  callWith,
  done,
  hasEvents,
  hasNoCallbacks,
  hasPeople,
  incomingCallsOf,
  isOver,
  otherPhone,
  phone,
  settled,
  user,
} from './acts.ts';

const test = ownHostOnly('lets calls ring for two minutes');

let board: Switchboard;
const decliner = '+14255550209';
const room = '99445276259151407';

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, RING_WINDOW_SECONDS: '120' });
  const { control } = board.emulator;
  for (const id of [phone, otherPhone, user]) {
    await party(board, id, { afterMs: 10 });
  }
  await party(board, decliner, { onRing: 'decline', afterMs: 0 });
  await control.put(`rooms/${room}`, { pstnDialOutEnabled: true });
});
afterAll(() => board.close());

test.each([
  ['a phone number', { targets: [phone], callerId: appNumber }],
  ['a user, who needs no caller id', { targets: [user] }],
  ['a group of a phone number and a user', { targets: [phone, user], callerId: appNumber }],
])('Make an outbound call: to %s', async (_, body) => {
  const { callId } = await done(board, 'POST', 'calls', body);
  await hasEvents(board, `calls/${callId}`, 'CallConnected', 'ParticipantsUpdated');
  await hasPeople(board, `calls/${callId}`, ...body.targets);
});

test.each([
  ['a call', [phone]],
  ['a group call', [user, phone]],
])('Make an outbound call: %s to a phone number needs a caller id', async (_, targets) => {
  expect(problemIn(await board.api('POST', 'calls', { targets }))).toEqual({
    problem: '422 invalidInput',
    fields: ['callerId'],
  });
});

test('Make an outbound call: one that fails has both events and the reason', async () => {
  const operation = await settled(board, 'POST', 'calls', { targets: [decliner], callerId: appNumber });
  expect(operation).toMatchObject({ status: 'failed', error: { source: 'acs', acsCode: 603, acsSubCode: 560603 } });
  await hasEvents(board, `calls/${operation.callId}`, 'CreateCallFailed', 'CallDisconnected');
  expect(await isOver(board, `calls/${operation.callId}`)).toMatchObject({ status: 'failed', end: { acsCode: 603 } });
});

test('Make an outbound call: to a number that the resource owns, which rings at the application', async () => {
  const owned = '+14255550110';
  await board.emulator.control.put('numbers', { numbers: [appNumber, owned] });
  await board.api('PUT', 'routing-rules/owned', { priority: 1, match: { to: owned }, action: { kind: 'answer' } });
  const { callId } = await done(board, 'POST', 'calls', { targets: [owned], callerId: appNumber });
  await hasEvents(board, `calls/${callId}`, 'CallConnected');
  await board.api('DELETE', 'routing-rules/owned');
  await board.emulator.control.put('numbers', { numbers: [] });
});

test('Connect to a call: a 1:1 call or a group call by its server call id', async () => {
  const { serverCallId } = (await board.api('GET', await callWith(board, phone))).body;
  const { callId } = await done(board, 'POST', 'calls/connect', { locator: { kind: 'server', id: serverCallId } });
  await hasEvents(board, `calls/${callId}`, 'CallConnected', 'ParticipantsUpdated');
  await hasPeople(board, `calls/${callId}`, phone);
});

test.each([
  ['group', randomUUID(), 'groups'],
  ['room', room, 'rooms'],
])('Connect to a call: a %s call by its id', async (kind, id, place) => {
  await board.emulator.control.post(`${place}/${id}/join`, { party: user });
  const { callId } = await done(board, 'POST', 'calls/connect', { locator: { kind, id } });
  await hasEvents(board, `calls/${callId}`, 'CallConnected', 'ParticipantsUpdated');
  await hasPeople(board, `calls/${callId}`, user);
});

test('Connect to a call: one that users started, by the ids of its CallStarted event', async () => {
  const grid = await startReceiver();
  const subscription = { endpoint: `${grid.url}/grid`, eventTypes: ['Microsoft.Communication.CallStarted'] };
  await board.emulator.control.put('event-grid/subscriptions/started', subscription);
  await board.emulator.control.post(`groups/${randomUUID()}/join`, { party: user });
  const { serverCallId } = (await grid.next('CallStarted')).event.data;
  const { callId } = await done(board, 'POST', 'calls/connect', { locator: { kind: 'server', id: serverCallId } });
  await hasPeople(board, `calls/${callId}`, user);
  await board.emulator.control.delete('event-grid/subscriptions/started');
  await grid.close();
});

test('Connect to a call: being disconnected later is reported by an event', async () => {
  const call = await callWith(board, phone);
  const { serverCallId } = (await board.api('GET', call)).body;
  const { callId } = await done(board, 'POST', 'calls/connect', { locator: { kind: 'server', id: serverCallId } });
  await done(board, 'POST', `${call}/hang-up`, { forEveryone: true });
  await hasEvents(board, `calls/${callId}`, 'CallDisconnected');
  expect(await isOver(board, `calls/${callId}`)).toMatchObject({ status: 'disconnected' });
});

test('Connect to a call: failing in the first place is reported by an event', async () => {
  const operation = await settled(board, 'POST', 'calls/connect', { locator: { kind: 'room', id: 'nowhere' } });
  expect(operation).toMatchObject({ status: 'failed', error: { source: 'acs' } });
  await hasEvents(board, `calls/${operation.callId}`, 'ConnectFailed');
});

test('Answer an incoming call: every event after that is about the answered call', async () => {
  const incoming = await ringingCall(board, appNumber);
  await done(board, 'POST', `incoming-calls/${incoming}/answer`);
  await hasEvents(board, `calls/${incoming}`, 'CallConnected', 'ParticipantsUpdated');
});

test('Answer an incoming call: one that fails has the reason', async () => {
  const fail = { code: 500, subCode: 8587, message: 'The incoming call was not answered in time.' };
  const incoming = await ringingCall(board, appNumber);
  await fault(board, 'answerCall', { fail });
  const operation = await settled(board, 'POST', `incoming-calls/${incoming}/answer`);
  expect(operation).toMatchObject({ status: 'failed', error: { acsCode: 500, acsSubCode: 8587 } });
  await hasEvents(board, `calls/${incoming}`, 'AnswerFailed');
});

test.each([
  ['for no reason unless one is given', {}, 'none'],
  ['because of none', { reason: 'none' }, 'none'],
  ['because the line is busy', { reason: 'busy' }, 'busy'],
  ['because it is forbidden', { reason: 'forbidden' }, 'forbidden'],
])('Reject a call: %s, without an event', async (_, body, reason) => {
  const incoming = await ringingCall(board, appNumber);
  const asked = await askedOf(board, 'reject', () => done(board, 'POST', `incoming-calls/${incoming}/reject`, body));
  expect(asked).toMatchObject({ callRejectReason: reason });
  expect(await hasNoCallbacks(board, incoming)).toBe(true);
  expect((await board.api('GET', `incoming-calls/${incoming}`)).body.status).toBe('rejected');
});

test.each([
  ['a user', { target: '8:acs:redirected' }, '8:acs:redirected', undefined],
  ['a phone number, with a caller id', { target: '+14255550208', callerId: appNumber }, '4:+14255550208', appNumber],
])('Redirect a call: to %s, for whom it rings anew, without an event', async (_, body, rawId, displayed) => {
  await party(board, body.target, { onRing: 'incomingCall' });
  const incoming = await ringingCall(board, appNumber);
  await done(board, 'POST', `incoming-calls/${incoming}/redirect`, body);
  const [event] = await eventually(
    () => incomingCallsOf(board, rawId),
    (calls) => calls.length > 0,
  );
  const { from } = (await board.api('GET', `incoming-calls/${incoming}`)).body;
  expect(event.from.rawId).toBe(`4:${displayed ?? from}`);
  expect(await hasNoCallbacks(board, incoming)).toBe(true);
});

test('Redirect a call: the application can no longer control it', async () => {
  const incoming = await ringingCall(board, appNumber);
  await done(board, 'POST', `incoming-calls/${incoming}/redirect`, { target: user });
  expect(problemIn(await board.api('POST', `incoming-calls/${incoming}/answer`)).problem).toBe('409 callNotAnswerable');
});

test('Redirect a call: a phone number needs a caller id', async () => {
  const incoming = await ringingCall(board, appNumber);
  const answer = await board.api('POST', `incoming-calls/${incoming}/redirect`, { target: phone });
  expect(problemIn(answer)).toEqual({ problem: '422 invalidInput', fields: ['callerId'] });
});

test('Hang up on a call: for everyone ends a group call', async () => {
  const call = await callWith(board, phone, user);
  await done(board, 'POST', `${call}/hang-up`, { forEveryone: true });
  await hasEvents(board, call, 'CallDisconnected');
  expect(await board.emulator.control.get('calls')).not.toMatchObject({
    calls: expect.arrayContaining([
      expect.objectContaining({ callbackUri: expect.stringContaining(call.slice(6)), state: 'connected' }),
    ]),
  });
});

test('Hang up on a call: the application alone leaves a group to talk on', async () => {
  const call = await callWith(board, phone, user);
  const { serverCallId } = (await board.api('GET', call)).body;
  await done(board, 'POST', `${call}/hang-up`);
  expect(await isOver(board, call)).toMatchObject({ status: 'disconnected' });
  const { callId } = await done(board, 'POST', 'calls/connect', { locator: { kind: 'server', id: serverCallId } });
  await hasPeople(board, `calls/${callId}`, phone, user);
});

test('Hang up on a call: a 1:1 call ends for the other participant too', async () => {
  const call = await callWith(board, phone);
  const { serverCallId } = (await board.api('GET', call)).body;
  await done(board, 'POST', `${call}/hang-up`);
  await hasEvents(board, call, 'CallDisconnected');
  const again = await settled(board, 'POST', 'calls/connect', { locator: { kind: 'server', id: serverCallId } });
  expect(again).toMatchObject({ status: 'failed' });
});
