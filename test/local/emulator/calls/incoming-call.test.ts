/** Calls that ring at the app: answer, reject, and calls from one application to another. */

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

test('an incoming call is published with a long context in the real shape', async () => {
  const customContext = { sipHeaders: { 'User-To-User': 'vip' }, voipHeaders: { key: 'value' } };
  const incomingCallContext = await annaCalls({ displayName: 'Anna', customContext });

  const [arrival] = stage.app.arrivals;
  expect(arrival).toMatchObject({ path: '/grid', batch: 1, headers: { 'aeg-event-type': 'Notification' } });
  expect(arrival?.event).toMatchObject({
    subject: `/caller/4:${ANNA}/recipient/4:${APP_NUMBER}`,
    data: {
      from: { kind: 'phoneNumber', rawId: `4:${ANNA}`, phoneNumber: { value: ANNA } },
      to: { rawId: `4:${APP_NUMBER}` },
      callerDisplayName: 'Anna',
      customContext: { sipHeaders: { userToUser: 'vip' }, voipHeaders: { key: 'value' } },
      serverCallId: expect.any(String),
    },
  });
  const [header = '', payload = '', signature] = incomingCallContext.split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'none', typ: 'JWT' });
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toHaveProperty('cc');
  expect(signature).toBe('');
  expect(incomingCallContext.length).toBeGreaterThan(7500);
});

test('answerCall answers with the state unknown, and the call is connected right after', async () => {
  const incomingCallContext = await annaCalls();
  const { callConnectionProperties, callConnection } = await stage.client.answerCall(
    incomingCallContext,
    stage.callback,
    { operationContext: 'mine' },
  );
  await stage.advance(0);

  expect(callConnectionProperties).toMatchObject({
    callConnectionState: 'unknown',
    serverCallId: stage.app.of('IncomingCall')[0]?.event.data.serverCallId,
    correlationId: stage.app.of('IncomingCall')[0]?.event.data.correlationId,
    source: { phoneNumber: ANNA },
    targetParticipants: [{ phoneNumber: APP_NUMBER }],
    answeredFor: { phoneNumber: APP_NUMBER },
  });
  expect(stage.app.kinds()).toEqual(['IncomingCall', 'CallConnected', 'ParticipantsUpdated']);
  expect(stage.app.of('CallConnected')[0]?.event.data.operationContext).toBe('mine');
  expect(stage.app.of('ParticipantsUpdated')[0]?.event.data.participants).toMatchObject([
    { identifier: { rawId: `4:${ANNA}` }, isMuted: false, isOnHold: false },
  ]);
  expect(await callConnection.getCallConnectionProperties()).toMatchObject({ callConnectionState: 'connected' });
});

test('a caller plays the script once the call is answered, and hanging up ends the call', async () => {
  await stage.script(ANNA, { waitMs: 3000 }, { hangUp: true });
  const incomingCallContext = await annaCalls();
  await stage.advance(10_000);
  await stage.client.answerCall(incomingCallContext, stage.callback);
  await stage.advance(2999);
  expect(stage.app.of('CallDisconnected')).toEqual([]);

  await stage.advance(1);

  expect(stage.app.of('CallDisconnected')[0]?.event.data.resultInformation).toMatchObject({
    code: 200,
    subCode: 540000,
  });
});

test.for(['answer', 'reject', 'redirect'] as const)('a context cannot be used again after %s', async (first) => {
  const incomingCallContext = await annaCalls();
  const uses = {
    answer: () => stage.client.answerCall(incomingCallContext, stage.callback),
    reject: () => stage.client.rejectCall(incomingCallContext, { callRejectReason: 'busy' }),
    redirect: () =>
      stage.client.redirectCall(incomingCallContext, { targetParticipant: { phoneNumber: BOB } } as never),
  };
  await uses[first]();

  for (const use of Object.values(uses)) {
    expect(await refusalOf(use())).toEqual({ status: 404, code: '8522', message: 'Call not found.' });
  }
});

test('reject ends the call, no callback follows', async () => {
  const incomingCallContext = await annaCalls();
  await stage.client.rejectCall(incomingCallContext);
  await stage.advance(1000);

  expect(stage.app.kinds()).toEqual(['IncomingCall']);
});

test('an unanswered call is gone after the ring time', async () => {
  const incomingCallContext = await annaCalls();
  await stage.advance(115_000);

  expect(await refusalOf(stage.client.answerCall(incomingCallContext, stage.callback))).toMatchObject({ status: 404 });
});

test('a call from one application to another has two legs in one server call', async () => {
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
  const invite = { targetParticipant: phone(BOB), sourceCallIdNumber: phone(APP_NUMBER) };
  const { callConnection: caller } = await stage.client.createCall(invite, `${stage.app.url}/caller`);
  await stage.advance(0);
  const [{ event } = { event: undefined }] = stage.app.of('IncomingCall');
  const { callConnection: callee } = await stage.client.answerCall(
    event?.data.incomingCallContext ?? '',
    `${stage.app.url}/callee`,
  );
  await stage.advance(0);

  for (const leg of ['/caller', '/callee']) {
    const kinds = stage.app.arrivals.filter(({ path }) => path === leg).map(({ kind }) => kind);
    expect(kinds).toEqual(['CallConnected', 'ParticipantsUpdated']);
  }
  const [one, other] = await Promise.all([caller.getCallConnectionProperties(), callee.getCallConnectionProperties()]);
  expect(one.serverCallId).toBe(other.serverCallId);
  expect((await callee.listParticipants()).values).toHaveLength(2);

  await callee.hangUp(true);
  await stage.advance(0);
  expect(
    stage.app
      .of('CallDisconnected')
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/callee', '/caller']);
});

test('a rejected call between applications fails for the caller', async () => {
  await stage.emulator.control.put(`parties/${USER}`, { onRing: 'incomingCall' });
  await stage.client.createCall({ targetParticipant: { communicationUserId: USER } }, stage.callback);
  await stage.advance(0);
  await stage.client.rejectCall(stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext ?? '');
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['IncomingCall', 'CreateCallFailed', 'CallDisconnected']);
  expect(stage.app.of('CreateCallFailed')[0]?.event.data.resultInformation).toMatchObject({ subCode: 5002 });
});

test('removing the one who was called ends both legs', async () => {
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
  const invite = { targetParticipant: phone(BOB), sourceCallIdNumber: phone(APP_NUMBER) };
  const { callConnection } = await stage.client.createCall(invite, `${stage.app.url}/caller`);
  await stage.advance(0);
  const context = stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext ?? '';
  await stage.client.answerCall(context, `${stage.app.url}/callee`);
  await stage.advance(0);
  stage.app.arrivals.length = 0;

  await callConnection.removeParticipant(phone(BOB));
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['RemoveParticipantSucceeded', 'CallDisconnected', 'CallDisconnected']);
});

const onlyTo = (rawId: string) => ({
  filters: { advancedFilters: [{ operatorType: 'StringIn', key: 'data.to.rawId', values: [rawId] }] },
});

test('someone whom no subscription takes an IncomingCall for is a person, whom a party can call', async () => {
  await stage.emulator.control.put('event-grid/subscriptions/app', {
    endpoint: `${stage.app.url}/grid`,
    ...onlyTo(`4:${APP_NUMBER}`),
  });
  await stage.emulator.control.post('incoming-calls', { from: ANNA, to: BOB });
  expect(await ringing()).toMatchObject([{ decidedBy: 'script' }]);
  await stage.advance(200);

  expect(await ringing()).toEqual([]);
  expect(stage.app.arrivals).toEqual([]);
});

test.for([
  ['an owned number', BOB, { phoneNumber: BOB }],
  ['a user', USER, { communicationUserId: USER }],
] as const)(
  'a call that is redirected to %s for whom no subscription takes it rings at a person',
  async ([, , target]) => {
    await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
    await stage.emulator.control.put('event-grid/subscriptions/app', {
      endpoint: `${stage.app.url}/grid`,
      ...onlyTo(`4:${APP_NUMBER}`),
    });
    const incomingCallContext = await annaCalls();
    await stage.client.redirectCall(incomingCallContext, { targetParticipant: target } as never);
    await stage.advance(199);
    expect(await ringing()).toHaveLength(1);
    await stage.advance(1);

    expect(await ringing()).toEqual([]);
    expect(stage.app.kinds()).toEqual(['IncomingCall']);
  },
);

test('a user for whom a subscription takes an IncomingCall is an application when a call is redirected there', async () => {
  await stage.emulator.control.put('event-grid/subscriptions/app', {
    endpoint: `${stage.app.url}/grid`,
    ...onlyTo(USER.toUpperCase()),
  });
  await stage.emulator.control.put('event-grid/subscriptions/first', {
    endpoint: `${stage.app.url}/grid`,
    ...onlyTo(`4:${APP_NUMBER}`),
  });
  const incomingCallContext = await annaCalls();
  await stage.client.redirectCall(incomingCallContext, { targetParticipant: { communicationUserId: USER } } as never);
  await stage.advance(1000);

  expect(stage.app.of('IncomingCall').map(({ event }) => (event.data.to as { rawId: string }).rawId)).toEqual([
    `4:${APP_NUMBER}`,
    USER,
  ]);
});

async function ringing(): Promise<unknown[]> {
  return ((await stage.emulator.control.get('ringing')) as { ringing: unknown[] }).ringing;
}
