/** Phones that ring until a person decides by hand, and callers who hang up. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, refusalOf, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(async () => {
  await stage.clear();
  await control().put(`parties/${ANNA}`, { onRing: 'ask' });
});
afterAll(() => stage.close());

const control = () => stage.emulator.control;
const phone = (phoneNumber: string) => ({ phoneNumber });

const ringing = async () => ((await control().get('ringing')) as { ringing: { ringingId: string }[] }).ringing;
const decide = async (decision: string) => control().post(`ringing/${(await ringing())[0]?.ringingId}/${decision}`);
const lastResult = () => stage.app.arrivals.at(-1)?.event.data.resultInformation;

/** The app calls Anna. */
async function callAnna() {
  const sourceDisplayName = 'Front desk';
  const invite = { targetParticipant: phone(ANNA), sourceCallIdNumber: phone(APP_NUMBER), sourceDisplayName };
  const { callConnectionProperties } = await stage.client.createCall(invite, stage.callback);
  return callConnectionProperties.callConnectionId;
}

/** Anna calls the app; resolves with the context of the IncomingCall. */
async function annaCalls(): Promise<string> {
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await control().put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/grid`, eventTypes });
  await control().post('incoming-calls', { from: ANNA, to: APP_NUMBER });
  await stage.advance(0);
  return stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext ?? '';
}

test('a party that asks rings, is shown with its call, and rings out as a no answer', async () => {
  const callConnectionId = await callAnna();
  await stage.advance(10_000);
  const shown = { id: ANNA, rawId: `4:${ANNA}`, from: APP_NUMBER, displayName: 'Front desk', reason: 'invited' };
  const ringsUntil = '2026-01-01T00:01:55.000Z';
  expect(await ringing()).toMatchObject([{ ...shown, decidedBy: 'person', ringsUntil, ringingId: expect.any(String) }]);
  expect(await control().get(`calls/${callConnectionId}`)).toMatchObject({
    state: 'connecting',
    ringing: await ringing(),
  });
  await stage.advance(104_999);
  expect(stage.app.arrivals).toEqual([]);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual(['CreateCallFailed', 'CallDisconnected']);
  expect(lastResult()).toMatchObject({ code: 480, subCode: 560480 });
  expect(await ringing()).toEqual([]);
});

test('answering by hand connects the call, and the script goes on from there', async () => {
  await control().put(`parties/${ANNA}`, { onRing: 'ask', then: [{ waitMs: 1000 }, { hangUp: true }] });
  const callConnectionId = await callAnna();
  await decide('answer');
  await stage.advance(0);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  expect(await control().get(`calls/${callConnectionId}`)).toMatchObject({ state: 'connected', ringing: [] });
  await stage.advance(1000);

  expect(stage.app.kinds().at(-1)).toBe('CallDisconnected');
});

test.for([
  ['decline', { code: 603, subCode: 560603 }],
  ['busy', { code: 486, subCode: 560486 }],
] as const)('%s by hand ends the call as a script would', async ([decision, result]) => {
  await callAnna();
  await decide(decision);
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['CreateCallFailed', 'CallDisconnected']);
  expect(lastResult()).toMatchObject(result);
});

test('what was decided cannot be decided again', async () => {
  await callAnna();
  const [{ ringingId } = { ringingId: '' }] = await ringing();
  await control().post(`ringing/${ringingId}/answer`);

  for (const decision of ['answer', 'decline', 'busy', 'hang-up']) {
    const repeated = control().post(`ringing/${ringingId}/${decision}`);
    await expect(repeated).rejects.toMatchObject({ status: 404, message: expect.stringContaining(ringingId) });
  }
});

test('a person may be quicker than their script', async () => {
  await control().put(`parties/${ANNA}`, { onRing: 'decline', afterMs: 5000 });
  await callAnna();
  expect(await ringing()).toMatchObject([{ decidedBy: 'script' }]);
  await decide('answer');
  await stage.advance(5000);

  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
});

test('an invitation is answered by hand as well', async () => {
  const connection = await stage.connected(USER);
  const { invitationId } = await connection.addParticipant({
    targetParticipant: phone(ANNA),
    sourceCallIdNumber: phone(APP_NUMBER),
  });
  expect(invitationId).toBeDefined();
  await decide('answer');
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['AddParticipantSucceeded', 'ParticipantsUpdated']);
});

test('the target of a transfer rings in a call that no application is in', async () => {
  const connection = await stage.connected(BOB);
  await connection.transferCallToParticipant(phone(ANNA));
  await stage.advance(0);
  expect(await ringing()).toMatchObject([{ id: ANNA, from: BOB, decidedBy: 'person' }]);
  await expect(decide('hang-up')).rejects.toMatchObject({ status: 409 });
  await decide('answer');
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['CallTransferAccepted', 'CallDisconnected']);
});

test('a call that rings at an application is for the application to decide; its caller may hang up', async () => {
  const incomingCallContext = await annaCalls();
  expect(await ringing()).toMatchObject([{ id: APP_NUMBER, from: ANNA, reason: 'dialed', decidedBy: 'application' }]);
  await expect(decide('answer')).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('application'),
  });
  await decide('hang-up');

  expect(await ringing()).toEqual([]);
  expect(await refusalOf(stage.client.answerCall(incomingCallContext, stage.callback))).toMatchObject({ status: 404 });
});

test('a call that is redirected to a party that asks rings there', async () => {
  await control().put(`parties/${BOB}`, { onRing: 'ask' });
  const incomingCallContext = await annaCalls();
  await stage.advance(60_000);
  await stage.client.redirectCall(incomingCallContext, { targetParticipant: phone(BOB) } as never);

  const ringsUntil = '2026-01-01T00:02:55.000Z';
  expect(await ringing()).toMatchObject([{ id: BOB, from: ANNA, decidedBy: 'person', ringsUntil }]);
});

test('an application that calls hangs up by itself', async () => {
  await callAnna();

  await expect(decide('hang-up')).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('application'),
  });
});
