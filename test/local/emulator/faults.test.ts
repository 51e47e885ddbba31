/** Faults: each of them does what it says, as often as it says. */

import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const fault = (match: string, action: object, more: object = {}) =>
  stage.emulator.control.post('faults', { match, do: action, ...more });
const callAnna = () =>
  stage.client.createCall(
    { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } },
    stage.callback,
    { operationContext: 'mine' },
  );
const addBob = async () => {
  const connection = await stage.connected();
  await connection.addParticipant({
    targetParticipant: { phoneNumber: BOB },
    sourceCallIdNumber: { phoneNumber: APP_NUMBER },
  });
};

test('a status fault refuses without doing the work, with Retry-After', async () => {
  await fault('createCall', { status: 429, retryAfter: 7 }, { times: 1 });
  const response = await stage.send('POST', '/calling/callConnections', {});

  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(await response.json()).toMatchObject({ error: { code: '8516' } });
  expect(await stage.emulator.control.get('calls')).toEqual({ calls: [] });
  await expect(callAnna()).resolves.toBeDefined();
});

test('dropResponse does the work and cuts the line', async () => {
  await fault('createCall', { dropResponse: true }, { times: 1 });

  await expect(callAnna()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await stage.advance(200);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
});

test('latencyMs holds the answer on the clock', async () => {
  await fault('createCall', { latencyMs: 5000 });
  const call = callAnna();
  await sent('createCall');

  await stage.advance(4999);
  expect(await Promise.race([call, 'still waiting'])).toBe('still waiting');
  await stage.advance(1);

  expect(await call).toBeDefined();
});

test('eventBeforeResponse holds the answer until the event was delivered', async () => {
  await fault('createCall', { eventBeforeResponse: true });
  let isAnswered = false;
  const call = callAnna().then(() => {
    isAnswered = true;
  });
  stage.app.answer = () => (isAnswered ? 500 : 200);
  await sent('createCall');
  await stage.advance(200);
  await call;

  const [delivery] = (await entries()).filter(({ kind }) => kind === 'delivery');
  expect(delivery).toMatchObject({ event: 'CallConnected', status: 200 });
});

test('eventBeforeResponse can be asked of an event', async () => {
  const connection = await stage.connected();
  await fault('CallDisconnected', { eventBeforeResponse: true });
  const hungUp = connection.hangUp(true);
  await sent('terminateCall');
  await stage.advance(0);

  await hungUp;
  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
});

test('dropEvent loses the event, and only as often as asked', async () => {
  await fault('ParticipantsUpdated', { dropEvent: true }, { times: 1 });
  await callAnna();
  await stage.advance(200);
  expect(stage.app.kinds()).toEqual(['CallConnected']);

  await callAnna();
  await stage.advance(200);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'CallConnected', 'ParticipantsUpdated']);
});

test('duplicateEvent delivers the same event twice', async () => {
  await fault('CallConnected', { duplicateEvent: true });
  await callAnna();
  await stage.advance(200);

  expect(stage.app.kinds()).toEqual(['CallConnected', 'CallConnected', 'ParticipantsUpdated']);
  const [one, other] = stage.app.of('CallConnected');
  expect(one?.event.id).toBe(other?.event.id);
});

test('delayEventMs delivers later', async () => {
  await fault('CallConnected', { delayEventMs: 1000 });
  await callAnna();
  await stage.advance(1199);
  expect(stage.app.kinds()).toEqual(['ParticipantsUpdated']);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual(['ParticipantsUpdated', 'CallConnected']);
});

test('reorderEvents holds the event back until the next one of the call has gone', async () => {
  await fault('CallConnected', { reorderEvents: true });
  await callAnna();
  await stage.advance(200);

  expect(stage.app.kinds()).toEqual(['ParticipantsUpdated', 'CallConnected']);
});

test('an event that is held back goes by itself when none follows', async () => {
  const connection = await stage.connected();
  await fault('CallDisconnected', { reorderEvents: true });
  await connection.hangUp(true);
  await stage.advance(4999);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
});

test.for([
  ['createCall', callAnna, 0, ['CreateCallFailed', 'CallDisconnected']],
  ['addParticipant', addBob, 0, ['AddParticipantFailed', 'ParticipantsUpdated']],
] as const)('fail lets %s be accepted and then fail as asked', async ([operation, act, afterMs, kinds]) => {
  const result = { code: 500, subCode: 9999, message: 'as asked' };
  await fault(operation, { fail: result });
  await act();
  await stage.advance(afterMs);

  expect(stage.app.kinds()).toEqual(kinds);
  expect(stage.app.arrivals[0]?.event.data.resultInformation).toEqual(result);
});

test.for([
  ['removeParticipant', 'RemoveParticipantFailed'],
  ['transferToParticipant', 'CallTransferFailed'],
  ['cancelAddParticipant', 'CancelAddParticipantFailed'],
  ['moveParticipants', 'MoveParticipantFailed'],
] as const)('fail makes %s end in %s', async ([operation, kind]) => {
  const from = await stage.connected(BOB);
  const connection = await stage.connected();
  const { callConnectionId = '' } = await from.getCallConnectionProperties();
  await fault(operation, { fail: { code: 500, subCode: 9999, message: 'as asked' } });
  const anna = { phoneNumber: ANNA };
  const acts = {
    removeParticipant: () => connection.removeParticipant(anna),
    transferToParticipant: () => connection.transferCallToParticipant({ phoneNumber: BOB }),
    cancelAddParticipant: () => connection.cancelAddParticipantOperation('any'),
    moveParticipants: () => connection.moveParticipants([{ phoneNumber: BOB }], callConnectionId),
  };
  await acts[operation]();
  await stage.advance(0);

  expect(stage.app.of(kind)[0]?.event.data.resultInformation).toMatchObject({ subCode: 9999 });
  expect((await connection.listParticipants()).values).toHaveLength(1);
});

test('fail makes answer and connect fail without a CallDisconnected', async () => {
  const result = { code: 500, subCode: 9999, message: 'as asked' };
  await fault('connect', { fail: result });
  await stage.client.connectCall({ kind: 'groupCallLocator', id: 'g' }, stage.callback);
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['ConnectFailed']);
});

test('badSignature and wrongAudience spoil the token of one event each', async () => {
  await fault('CallConnected', { badSignature: true });
  await fault('ParticipantsUpdated', { wrongAudience: true });
  await callAnna();
  await stage.advance(200);

  const { issuer, jwksUrl, audience } = (await stage.emulator.control.get('settings')) as Record<string, string>;
  const { now } = (await stage.emulator.control.get('clock')) as { now: string };
  const keys = createRemoteJWKSet(new URL(jwksUrl ?? ''));
  const [forged = '', foreign = ''] = stage.app.arrivals.map(({ headers }) => headers.authorization?.slice(7));
  const verify = (token: string) => jwtVerify(token, keys, { issuer, audience, currentDate: new Date(now) } as never);
  expect(decodeJwt(forged)).toMatchObject({ iss: issuer, aud: audience });
  await expect(verify(forged)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  await expect(verify(foreign)).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
});

test('a fault with a probability strikes now and then, the same way for the same seed', async () => {
  const strikes = async (): Promise<boolean[]> => {
    await fault('getCall', { status: 500 }, { probability: 0.5 });
    const statuses: boolean[] = [];
    for (let time = 0; time < 20; time++) {
      statuses.push((await stage.send('GET', '/calling/callConnections/x')).status === 500);
    }
    await stage.emulator.control.post('reset');
    return statuses;
  };
  const first = await strikes();

  expect(first).toContain(true);
  expect(first).toContain(false);
  expect(await strikes()).toEqual(first);
});

interface Entry {
  kind: string;
  operation?: string;
  path?: string;
}

async function entries(): Promise<Entry[]> {
  return ((await stage.emulator.control.get('log')) as { entries: Entry[] }).entries;
}

/** Resolves once the emulator holds back the answer of an operation. */
async function sent(operation: string): Promise<void> {
  while (!(await entries()).some((entry) => entry.kind === 'fault' && entry.operation === operation)) {}
}
