/** The quickstart on room calls, heading by heading: the call that users hold in a room, controlled by the application. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { participantId } from '../../support/endings.ts';
import { pathOfParticipant } from '../../support/people.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { party, withoutTimers } from '../../support/wire.ts';
import {
  appNumber,
  askedOf,
  connectedToRoom,
  done,
  hasEvents,
  hasPeople,
  isOver,
  otherUser,
  phone,
  settled,
  user,
} from './acts.ts';

let board: Switchboard;
const silent = { user: '8:acs:resource_silent', phone: '+14255550211' };

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  for (const id of [phone, otherUser]) {
    await party(board, id, { afterMs: 10 });
  }
  for (const id of Object.values(silent)) {
    await party(board, id, { onRing: 'noAnswer' });
  }
});
afterAll(() => board.close());

const roomCall = (pstnDialOutEnabled = true) => connectedToRoom(board, { pstnDialOutEnabled });
const addPhone = (call: string) => done(board, 'POST', `${call}/participants`, { target: phone, callerId: appNumber });
const at = (call: string, participant: string) => pathOfParticipant(board.api, call, participant);

test('Connect to a room call: the event brings the connection by which everything else is done', async () => {
  const call = await roomCall();
  await hasEvents(board, call, 'CallConnected', 'ParticipantsUpdated');
  expect((await board.api('GET', call)).body).toMatchObject({
    status: 'connected',
    direction: 'joined',
    callConnectionId: expect.any(String),
  });
});

test('Connect to a room call: a room that is not there is reported by an event', async () => {
  const operation = await settled(board, 'POST', 'calls/connect', { locator: { kind: 'room', id: '1' } });
  expect(operation).toMatchObject({ status: 'failed', error: { source: 'acs' } });
  await hasEvents(board, `calls/${operation.callId}`, 'ConnectFailed');
});

test('Add PSTN participant: dials out from a room that allows it', async () => {
  const call = await roomCall();
  const asked = await askedOf(board, 'add', () => addPhone(call));
  expect(asked).toMatchObject({
    participantToAdd: { phoneNumber: { value: phone } },
    sourceCallerIdNumber: { value: appNumber },
  });
  await hasPeople(board, call, user, phone);
});

test('Add PSTN participant: fails in a room without dial-out', async () => {
  const call = await roomCall(false);
  const operation = await settled(board, 'POST', `${call}/participants`, { target: phone, callerId: appNumber });
  expect(operation).toMatchObject({ status: 'failed', error: { source: 'acs' } });
  await hasEvents(board, call, 'AddParticipantFailed');
});

test.each([
  ['plainly', undefined],
  ['with a context', { context: 'Your context' }],
])('Remove PSTN participant: %s', async (_, body) => {
  const call = await roomCall();
  await addPhone(call);
  expect(await done(board, 'DELETE', await at(call, phone), body)).toMatchObject(body ?? {});
  await hasPeople(board, call, user);
});

test.each([
  ['Terminate a call: ends it for everyone', { forEveryone: true }],
  ['Hang up call: the application leaves', {}],
])('%s', async (_, body) => {
  const call = await roomCall();
  await done(board, 'POST', `${call}/hang-up`, body);
  await hasEvents(board, call, 'CallDisconnected');
  expect(await isOver(board, call)).toMatchObject({ status: 'disconnected' });
});

test('Add participant, remove participant: a user comes and goes', async () => {
  const call = await roomCall();
  await done(board, 'POST', `${call}/participants`, { target: otherUser });
  await hasPeople(board, call, user, otherUser);
  await done(board, 'DELETE', await at(call, otherUser));
  await hasPeople(board, call, user);
});

test.each([
  ['a user', { target: silent.user }],
  ['a phone number', { target: silent.phone, callerId: appNumber }],
])('Cancel add participant: %s who has not answered', async (_, body) => {
  const call = await roomCall();
  const { result, operationId } = (await board.api('POST', `${call}/participants`, body)).body;
  await done(board, 'POST', `${call}/participants/cancel-add`, { invitationId: result.invitationId });
  await hasEvents(board, call, 'CancelAddParticipantSucceeded', 'AddParticipantFailed');
  expect((await board.api('GET', `operations/${operationId}`)).body.status).toBe('canceled');
});

test('Get participant, get multiple participants: users and phone numbers', async () => {
  const call = await roomCall();
  await addPhone(call);
  const people = [user, phone].map((participant) => ({ participantId, participant, isMuted: false, isOnHold: false }));
  expect((await board.api('GET', `${call}/participants`)).body).toEqual({ items: people });
  for (const one of people) {
    expect((await board.api('GET', await at(call, one.participant))).body).toEqual(one);
  }
});

test('Get latest info about a call: a room call like any other', async () => {
  const { body } = await board.api('GET', `${await roomCall()}/properties`);
  expect(body).toMatchObject({ callConnectionState: 'connected', serverCallId: expect.any(String) });
});
