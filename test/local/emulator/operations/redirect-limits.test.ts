/** What a redirect shows and what refuses it. The JavaScript SDK drops the caller id, so requests are sent by hand. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(async () => {
  await stage.clear();
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await stage.emulator.control.put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/grid`, eventTypes });
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
});
afterAll(() => stage.close());

const number = (value: string) => ({ kind: 'phoneNumber', phoneNumber: { value } });

/** The data of the newest IncomingCall. */
async function ringing() {
  await stage.advance(0);
  return stage.app.of('IncomingCall').at(-1)?.event.data;
}

async function annaCalls() {
  await stage.emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER });
  return ringing();
}

/** Redirects what rings; the status, and the error of a refusal. */
async function redirect(target: object, callerId?: string) {
  const incomingCallContext = (await ringing())?.incomingCallContext;
  const body = { incomingCallContext, target, ...(callerId && { sourceCallerIdNumber: { value: callerId } }) };
  const response = await stage.send('POST', '/calling/callConnections:redirect?api-version=2026-03-12', body);
  const text = await response.text();
  return { status: response.status, ...(text && JSON.parse(text)) };
}

/** The answer to the newest IncomingCall. */
async function answered() {
  const incomingCallContext = (await ringing())?.incomingCallContext ?? '';
  const { callConnection, callConnectionProperties } = await stage.client.answerCall(
    incomingCallContext,
    stage.callback,
  );
  await stage.advance(200);
  return { callConnection, callConnectionProperties };
}

test('a redirect to a number displays the caller id that it names, and the call is still that of its caller', async () => {
  expect((await annaCalls())?.from).toMatchObject({ rawId: `4:${ANNA}` });
  expect(await redirect(number(BOB), APP_NUMBER)).toEqual({ status: 204 });
  expect(await ringing()).toMatchObject({ from: { rawId: `4:${APP_NUMBER}` }, to: { rawId: `4:${BOB}` } });

  const { callConnection, callConnectionProperties } = await answered();
  expect(callConnectionProperties.source).toMatchObject({ phoneNumber: APP_NUMBER });
  const { values = [] } = await callConnection.listParticipants();
  expect(values.map(({ identifier }) => identifier)).toMatchObject([{ phoneNumber: ANNA }]);
});

test('a person whose phone rings by a redirect reads the caller id that it names', async () => {
  const person = '+14255550133';
  await stage.emulator.control.put(`parties/${person}`, { onRing: 'ask' });
  await annaCalls();
  await redirect(number(person), APP_NUMBER);

  expect(await stage.emulator.control.get('ringing')).toMatchObject({ ringing: [{ id: person, from: APP_NUMBER }] });
});

test('a redirect without a caller id leaves the one that was displayed', async () => {
  await annaCalls();
  await redirect(number(BOB));
  expect((await ringing())?.from).toMatchObject({ rawId: `4:${ANNA}` });
  await redirect(number(APP_NUMBER), BOB);
  await redirect({ rawId: USER });
  expect((await ringing())?.from).toMatchObject({ rawId: `4:${BOB}` });
});

test('a redirect with a caller id that the resource does not own is 400/8523, and the call rings on', async () => {
  await annaCalls();
  expect(await redirect(number(BOB), '+14255550199')).toMatchObject({
    status: 400,
    error: { code: '8523', message: expect.stringContaining('the resource owns') },
  });
  expect(stage.app.of('IncomingCall')).toHaveLength(1);
  expect((await answered()).callConnectionProperties.targetParticipants).toMatchObject([{ phoneNumber: APP_NUMBER }]);
});

test('any caller id may be displayed as long as no numbers are declared', async () => {
  await stage.emulator.control.put('numbers', { numbers: [] });
  await annaCalls();
  expect(await redirect({ rawId: USER }, '+14255550199')).toEqual({ status: 204 });
  expect((await ringing())?.from).toMatchObject({ rawId: '4:+14255550199' });
});

test('a call is redirected twenty times; the next redirect is 400/8523, and the call rings on', async () => {
  await annaCalls();
  const statuses: number[] = [];
  for (let hop = 0; hop < 20; hop += 1) {
    statuses.push((await redirect(number(hop % 2 === 0 ? BOB : APP_NUMBER), APP_NUMBER)).status);
  }
  expect(statuses).toEqual(Array(20).fill(204));
  expect(await redirect(number(BOB), APP_NUMBER)).toMatchObject({
    status: 400,
    error: { code: '8523', message: expect.stringContaining('limit of the emulator') },
  });
  expect(stage.app.of('IncomingCall')).toHaveLength(21);
  expect((await answered()).callConnectionProperties.targetParticipants).toMatchObject([{ phoneNumber: APP_NUMBER }]);

  await annaCalls();
  expect(await redirect(number(BOB), APP_NUMBER)).toEqual({ status: 204 });
});
