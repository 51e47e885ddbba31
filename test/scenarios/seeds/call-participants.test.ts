/** The how-to on steering calls, heading by heading: people who come, go and change, and what can be read of a call. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/api.ts';
import { participantId } from '../../support/endings.ts';
import { pathOfParticipant } from '../../support/people.ts';
import { problemIn } from '../../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { party, withoutTimers } from '../../support/wire.ts';
import {
  appNumber,
  askedOf,
  callWith,
  done,
  hasEvents,
  hasPeople,
  incomingCallsOf,
  isOver,
  otherPhone,
  otherUser,
  phone,
  settled,
  user,
} from './acts.ts';

let board: Switchboard;
const [newPhone, silent, decliner, application] = ['+14255550203', '+14255550204', '+14255550205', '+14255550206'];
const voipHeaders = [
  { kind: 'voip', key: 'customVoipHeader1', value: 'customVoipHeaderValue1' },
  { kind: 'voip', key: 'customVoipHeader2', value: 'customVoipHeaderValue2' },
];
const voipOnTheWire = {
  voipHeaders: { customVoipHeader1: 'customVoipHeaderValue1', customVoipHeader2: 'customVoipHeaderValue2' },
};
const sipHeaders = [
  { kind: 'sipuui', value: 'uuivalue' },
  { kind: 'sipx', key: 'header1', value: 'headerValue' },
];
const sipOnTheWire = { sipHeaders: { 'User-To-User': 'uuivalue', 'X-MS-Custom-header1': 'headerValue' } };
const context = 'Your context';

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  for (const id of [phone, otherPhone, newPhone, user, otherUser]) {
    await party(board, id, { afterMs: 10 });
  }
  await party(board, silent, { onRing: 'noAnswer' });
  await party(board, decliner, { onRing: 'decline', afterMs: 0 });
  await party(board, application, { onRing: 'incomingCall' });
});
afterAll(() => board.close());

test('Transfer a participant in a call: a 1:1 call to a user, after which the application has left', async () => {
  const call = await callWith(board, phone);
  const body = { target: user, customContext: voipHeaders, context };
  const asked = await askedOf(board, 'transferToParticipant', async () => {
    expect(await done(board, 'POST', `${call}/transfer`, body)).toMatchObject({ context });
  });
  expect(asked).toMatchObject({ targetParticipant: { rawId: user }, customCallingContext: voipOnTheWire });
  await hasEvents(board, call, 'CallTransferAccepted', 'CallDisconnected');
  expect(await isOver(board, call)).toMatchObject({ status: 'disconnected' });
});

test('Transfer a participant in a call: the target sees the caller id of who is transferred', async () => {
  const call = await callWith(board, phone);
  expect((await board.api('POST', `${call}/transfer`, { target: application })).status).toBe(202);
  const [event] = await eventually(
    () => incomingCallsOf(board, `4:${application}`),
    (calls) => calls.length > 0,
  );
  expect(event.from.rawId).toBe(`4:${phone}`);
});

test.each([
  ['a user of a group call', user, otherUser, voipHeaders, voipOnTheWire],
  ['a phone number of a group call', phone, newPhone, sipHeaders, sipOnTheWire],
])('Transfer a participant in a call: %s, who leaves it', async (_, transferee, target, customContext, onTheWire) => {
  const call = await callWith(board, phone, user);
  const asked = await askedOf(board, 'transferToParticipant', () =>
    done(board, 'POST', `${call}/transfer`, { target, transferee, customContext, context }),
  );
  expect(asked).toMatchObject({ customCallingContext: onTheWire });
  await hasPeople(board, call, transferee === user ? phone : user);
  expect((await board.api('GET', call)).body.status).toBe('connected');
});

test('Transfer a participant in a call: one who was added to a 1:1 call', async () => {
  const call = await callWith(board, phone);
  await done(board, 'POST', `${call}/participants`, { target: user });
  await hasPeople(board, call, phone, user);
  await done(board, 'POST', `${call}/transfer`, { target: otherUser, transferee: user });
  await hasPeople(board, call, phone);
});

test('Transfer a participant in a call: one that fails leaves the call as it is', async () => {
  const call = await callWith(board, phone);
  const operation = await settled(board, 'POST', `${call}/transfer`, { target: decliner });
  expect(operation).toMatchObject({ status: 'failed', error: { acsSubCode: 8538 } });
  await hasEvents(board, call, 'CallTransferFailed');
  expect((await board.api('GET', call)).body.status).toBe('connected');
});

test.each([
  ['a user with VoIP headers, who needs no caller id', { target: user, customContext: voipHeaders }, voipOnTheWire],
  [
    'a phone number with SIP headers and every option',
    {
      target: newPhone,
      callerId: appNumber,
      customContext: sipHeaders,
      invitationTimeoutSeconds: 60,
      displayName: 'Desk',
    },
    { ...sipOnTheWire },
  ],
])('Add a participant to a call: %s', async (_, body, onTheWire) => {
  const call = await callWith(board, phone);
  const asked = await askedOf(board, 'add', async () => {
    const operation = await done(board, 'POST', `${call}/participants`, { ...body, context });
    expect(operation).toMatchObject({ context, result: { invitationId: expect.any(String) } });
  });
  expect(asked).toMatchObject({
    customCallingContext: onTheWire,
    ...('invitationTimeoutSeconds' in body && {
      invitationTimeoutInSeconds: 60,
      sourceDisplayName: 'Desk',
      sourceCallerIdNumber: { value: appNumber },
    }),
  });
  await hasEvents(board, call, 'AddParticipantSucceeded', 'ParticipantsUpdated');
  await hasPeople(board, call, phone, body.target);
});

test('Add a participant to a call: the caller id is what the added number sees', async () => {
  const call = await callWith(board, phone);
  const callerId = '+14255550101';
  await board.api('POST', `${call}/participants`, { target: application, callerId });
  const event = await eventually(
    () => incomingCallsOf(board, `4:${application}`),
    (calls) => calls.some(({ from }) => from.rawId === `4:${callerId}`),
  );
  expect(event).not.toEqual([]);
});

test('Add a participant to a call: a phone number needs a caller id', async () => {
  const call = await callWith(board, phone);
  expect(problemIn(await board.api('POST', `${call}/participants`, { target: newPhone }))).toEqual({
    problem: '422 invalidInput',
    fields: ['callerId'],
  });
});

test('Add a participant to a call: one who declines is reported by an event', async () => {
  const call = await callWith(board, phone);
  const operation = await settled(board, 'POST', `${call}/participants`, { target: decliner, callerId: appNumber });
  expect(operation).toMatchObject({ status: 'failed', error: { acsSubCode: 8538 } });
  await hasEvents(board, call, 'AddParticipantFailed');
});

test('Cancel an add participant request: the invitation ends canceled', async () => {
  const call = await callWith(board, phone);
  const invited = await board.api('POST', `${call}/participants`, { target: silent, callerId: appNumber });
  const { operationId, result } = invited.body;
  const body = { invitationId: result.invitationId, context };
  expect(await done(board, 'POST', `${call}/participants/cancel-add`, body)).toMatchObject({ context });
  await hasEvents(board, call, 'CancelAddParticipantSucceeded', 'AddParticipantFailed');
  expect((await board.api('GET', `operations/${operationId}`)).body).toMatchObject({ status: 'canceled' });
});

test.each([
  ['a user', user],
  ['a phone number', otherPhone],
])('Remove a participant from a call: %s, who is no longer in the list', async (_, participant) => {
  const call = await callWith(board, phone, participant);
  const path = await pathOfParticipant(board.api, call, participant);
  expect(await done(board, 'DELETE', path, { context })).toMatchObject({ context });
  await hasEvents(board, call, 'RemoveParticipantSucceeded', 'ParticipantsUpdated');
  await hasPeople(board, call, phone);
});

test('Remove a participant from a call: a person who is not in it is reported by an event', async () => {
  const call = await callWith(board, phone);
  const operation = await settled(board, 'POST', `${call}/participants/remove`, { participant: user });
  expect(operation).toMatchObject({ status: 'failed', error: { acsSubCode: 8558 } });
  await hasEvents(board, call, 'RemoveParticipantFailed');
});

test.each([
  ['a user', user],
  ['a phone number', phone],
])('Get information about a call participant: %s', async (_, participant) => {
  const call = await callWith(board, phone, user);
  const { body } = await board.api('GET', await pathOfParticipant(board.api, call, participant));
  expect(body).toEqual({ participantId, participant, isMuted: false, isOnHold: false });
});

test('Get information about all call participants', async () => {
  const call = await callWith(board, phone, user);
  const { items } = (await board.api('GET', `${call}/participants`)).body;
  expect(items.map(({ participant }: { participant: string }) => participant)).toEqual([phone, user]);
});

test('Get latest info about a call', async () => {
  const call = await callWith(board, phone);
  expect((await board.api('GET', `${call}/properties`)).body).toMatchObject({
    callConnectionState: 'connected',
    callConnectionId: expect.any(String),
    targets: [phone],
  });
});
