/** redirectCall: where a call goes when the app sends it on. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, refusalOf, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(async () => {
  await stage.clear();
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await stage.emulator.control.put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/grid`, eventTypes });
});
afterAll(() => stage.close());

const phone = (phoneNumber: string) => ({ phoneNumber });

/** Anna dials in; resolves with the context of the IncomingCall. */
async function annaCalls(more: object = {}): Promise<string> {
  await stage.emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER, ...more });
  await stage.advance(0);
  return stage.app.of('IncomingCall').at(-1)?.event.data.incomingCallContext ?? '';
}

test.for([
  { title: 'an owned number', target: { phoneNumber: BOB }, rawId: `4:${BOB}` },
  { title: 'a user without a script', target: { communicationUserId: USER }, rawId: USER },
])('a call redirected to $title rings again with ids of its own', async ({ target, rawId }) => {
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
  const incomingCallContext = await annaCalls();
  await stage.client.redirectCall(incomingCallContext, { targetParticipant: target } as never);
  await stage.advance(0);

  const [before, after] = stage.app.of('IncomingCall').map(({ event }) => event.data);
  expect(after?.to).toMatchObject({ rawId });
  expect(after?.from).toMatchObject({ rawId: `4:${ANNA}` });
  expect(after?.incomingCallContext).not.toBe(before?.incomingCallContext);
  expect(after?.correlationId).not.toBe(before?.correlationId);
  const { callConnectionProperties } = await stage.client.answerCall(after?.incomingCallContext ?? '', stage.callback);
  expect(callConnectionProperties.correlationId).toBe(after?.correlationId);
});

test('an invitation that was redirected can still be canceled', async () => {
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
  const connection = await stage.connected();
  const { invitationId = '' } = await connection.addParticipant({
    targetParticipant: phone(BOB),
    sourceCallIdNumber: phone(APP_NUMBER),
  });
  await stage.advance(0);
  await stage.client.redirectCall(stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext ?? '', {
    targetParticipant: { communicationUserId: USER },
  });
  await stage.advance(0);
  await connection.cancelAddParticipantOperation(invitationId);
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual([
    'IncomingCall',
    'IncomingCall',
    'CancelAddParticipantSucceeded',
    'AddParticipantFailed',
    'ParticipantsUpdated',
  ]);
  const context = stage.app.of('IncomingCall')[1]?.event.data.incomingCallContext ?? '';
  expect(await refusalOf(stage.client.answerCall(context, stage.callback))).toMatchObject({ status: 404 });
});

test('custom context travels with a created and with a redirected call', async () => {
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
  const send = (path: string, body: object) => stage.send('POST', `/calling/callConnections${path}`, body);
  const headersOf = (index: number) => stage.app.of('IncomingCall')[index]?.event.data.customContext;
  await send('', {
    targets: [{ rawId: `4:${BOB}` }],
    sourceCallerIdNumber: { value: APP_NUMBER },
    callbackUri: stage.callback,
    customCallingContext: { sipHeaders: { 'User-To-User': 'first' } },
  });
  await stage.advance(0);
  await send(':redirect', {
    incomingCallContext: stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext,
    target: { rawId: USER },
    customCallingContext: { voipHeaders: { key: 'second' } },
  });
  await stage.advance(0);

  expect(headersOf(0)).toEqual({ sipHeaders: { userToUser: 'first' }, voipHeaders: {} });
  expect(headersOf(1)).toEqual({ sipHeaders: {}, voipHeaders: { key: 'second' } });
});

test('a redirected call rings its full time', async () => {
  const incomingCallContext = await annaCalls();
  await stage.advance(100_000);
  await stage.client.redirectCall(incomingCallContext, { targetParticipant: { communicationUserId: USER } });
  await stage.advance(84_000);
  const context = stage.app.of('IncomingCall')[1]?.event.data.incomingCallContext ?? '';

  await expect(stage.client.answerCall(context, stage.callback)).resolves.toBeDefined();
});

test('a call redirected to a scripted party leaves the app', async () => {
  await stage.emulator.control.put(`parties/${BOB}`, { onRing: 'answer' });
  const incomingCallContext = await annaCalls();
  await stage.client.redirectCall(incomingCallContext, { targetParticipant: { phoneNumber: BOB } } as never);
  await stage.advance(1000);

  expect(stage.app.kinds()).toEqual(['IncomingCall']);
});

test.for([
  ['a user', USER, { communicationUserId: USER }],
  ['a number', BOB, phone(BOB)],
] as const)('a dialed number that is redirected to %s is listed, moved and removed by the number', async (row) => {
  const [, party, targetParticipant] = row;
  const number = '+14255550199';
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, number] });
  await stage.emulator.control.put(`parties/${party}`, { then: [{ onListening: { press: '7' } }] });
  const dial = async () => {
    const invite = { targetParticipant: phone(number), sourceCallIdNumber: phone(APP_NUMBER) };
    const { callConnection } = await stage.client.createCall(invite, stage.callback);
    await stage.advance(0);
    const incomingCallContext = stage.app.of('IncomingCall').at(-1)?.event.data.incomingCallContext ?? '';
    await stage.client.redirectCall(incomingCallContext, { targetParticipant } as never);
    await stage.advance(1000);
    return callConnection;
  };
  const listed = async (connection: { listParticipants(): Promise<{ values?: readonly object[] }> }) =>
    ((await connection.listParticipants()).values ?? []).map((each) => (each as { identifier: object }).identifier);
  const from = await dial();
  const { callConnectionId: fromId = '' } = await from.getCallConnectionProperties();
  await from.getCallMedia().startRecognizing(phone(number), {
    kind: 'callMediaRecognizeDtmfOptions',
    maxTonesToCollect: 1,
  });
  await stage.advance(10_000);

  expect(await listed(from)).toMatchObject([phone(number)]);
  expect(stage.app.of('RecognizeCompleted')[0]?.event.data.dtmfResult).toEqual({ tones: ['seven'] });

  const to = await stage.connected(ANNA);
  await to.moveParticipants([phone(number)], fromId);
  await stage.advance(1000);
  expect(stage.app.kinds()).toContain('MoveParticipantSucceeded');
  expect(await listed(to)).toMatchObject([phone(ANNA), phone(number)]);

  await to.removeParticipant(phone(number));
  await stage.advance(1000);
  expect(await listed(to)).toMatchObject([phone(ANNA)]);
});
