/** The control API: what it stores and shows, what it refuses and names, and what it leaves out of the log. */

import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const control = () => stage.emulator.control;

test('a party is scripted under either form of its id, read and deleted', async () => {
  const stored = await control().put(`parties/4:${ANNA}`, { id: ANNA, onRing: 'decline' });
  expect(stored).toMatchObject({ id: ANNA, onRing: 'decline', afterMs: 200 });
  expect(await control().get(`parties/${encodeURIComponent(ANNA)}`)).toEqual(stored);
  expect(await control().get('parties')).toEqual({ parties: [stored] });
  await control().delete(`parties/${ANNA}`);

  await expect(control().get(`parties/${ANNA}`)).rejects.toMatchObject({ status: 404 });
  await expect(control().delete(`parties/${ANNA}`)).rejects.toMatchObject({ status: 404 });
});

test.for([
  ['PUT', 'parties/missing', {}, /E\.164/],
  ['PUT', `parties/${ANNA}`, { id: BOB }, /id/],
  ['PUT', `parties/${ANNA}`, { onRing: 'shout' }, /onRing/],
  ['PUT', `parties/${ANNA}`, { afterMs: -1, colour: 'red' }, /afterMs.*colour/s],
  ['PUT', 'numbers', { numbers: [USER] }, /numbers\[0\]/],
  ['PUT', 'event-grid/subscriptions/x', { endpoint: 'nowhere' }, /endpoint/],
  ['PUT', 'event-grid/subscriptions/x', { endpoint: 'http://x', eventTypes: ['IncomingCall'] }, /eventTypes\[0\]/],
  ['PUT', 'rooms/1', { pstnDialOut: true }, /pstnDialOut/],
  ['POST', 'incoming-calls', { from: ANNA }, /to/],
  ['POST', 'incoming-calls', { from: ANNA, to: ANNA }, /to/],
  ['POST', 'incoming-calls', { from: ANNA, to: APP_NUMBER, subject: 'hello' }, /subject/],
  ['POST', 'clock', { advanceMs: 'soon' }, /advanceMs/],
  ['POST', 'token', { audience: '' }, /audience/],
  ['POST', `calls/x/participants/${ANNA}/press`, { tones: '12E' }, /tones/],
  ['POST', `calls/x/participants/${ANNA}/say`, { text: '', confidence: 2 }, /text.*confidence/],
] as const)('%s %s with a wrong body is 400 and names the field', async ([method, path, body, message]) => {
  const call = method === 'PUT' ? control().put(path, body) : control().post(path, body);

  await expect(call).rejects.toMatchObject({ status: 400, message: expect.stringMatching(message) });
});

test('a wrong script step is refused', async () => {
  await expect(stage.script(ANNA, { press: 'hello' })).rejects.toMatchObject({ status: 400 });
  await expect(stage.script(ANNA, { hangUp: false })).rejects.toMatchObject({ status: 400 });
  const steps = [
    { press: '12#' },
    { say: 'billing' },
    { onListening: { press: '1' } },
    { waitMs: 5 },
    { hangUp: true },
  ];
  await expect(stage.script(ANNA, ...steps)).resolves.toBeDefined();
});

test('what the control API does not have is 501 by name', async () => {
  const message = expect.stringContaining('/emulator/weather');

  await expect(control().get('weather')).rejects.toMatchObject({ status: 501, message });
});

test('the calls are shown as they are, ended ones too', async () => {
  const connection = await stage.connected();
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const shown = {
    callConnectionId,
    state: 'connected',
    callbackUri: stage.callback,
    targets: [ANNA],
    operationContext: 'created',
  };
  expect(await control().get(`calls/${callConnectionId}`)).toMatchObject({
    ...shown,
    participants: [{ id: ANNA, rawId: `4:${ANNA}`, isMuted: false }],
  });
  await connection.hangUp(true);

  expect(await control().get('calls')).toMatchObject({
    calls: [{ ...shown, state: 'disconnected', participants: [] }],
  });
  await expect(control().get('calls/unknown')).rejects.toMatchObject({ status: 404 });
});

test('an application that speaks as a participant is distinguished from people', async () => {
  await control().put('numbers', { numbers: [BOB] });
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await control().put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/grid`, eventTypes });
  const invite = { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: BOB } };
  const { callConnection, callConnectionProperties } = await stage.client.createCall(invite, stage.callback);
  await stage.advance(200);
  await callConnection.addParticipant({
    targetParticipant: { phoneNumber: BOB },
    sourceCallIdNumber: { phoneNumber: BOB },
  });
  await stage.advance(0);
  const { incomingCallContext } = (await stage.app.next('IncomingCall')).event.data;
  await stage.client.answerCall(incomingCallContext, stage.callback);
  await stage.advance(0);

  expect(await control().get(`calls/${callConnectionProperties.callConnectionId}`)).toMatchObject({
    participants: [
      { id: ANNA, isApplication: false },
      { id: BOB, isApplication: true },
    ],
  });
});

test('a participant hangs up by hand', async () => {
  const connection = await stage.connected(USER);
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const path = `calls/${callConnectionId}/participants`;
  await expect(control().post(`${path}/${BOB}/hang-up`)).rejects.toMatchObject({ status: 404 });
  await control().post(`${path}/${encodeURIComponent(USER)}/hang-up`);
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
});

test('people join rooms and groups, and the app finds them there', async () => {
  await expect(control().post('rooms/99000000000000001/join', { party: USER })).rejects.toMatchObject({ status: 404 });
  await control().put('rooms/99000000000000001', {});
  await control().post('rooms/99000000000000001/join', { party: USER });
  await control().post('groups/our-group/join', { party: ANNA });
  const room = await stage.client.connectCall({ kind: 'roomCallLocator', id: '99000000000000001' }, stage.callback);
  const group = await stage.client.connectCall({ kind: 'groupCallLocator', id: 'our-group' }, stage.callback);
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated', 'CallConnected', 'ParticipantsUpdated']);
  const people = async (call: typeof room) => (await call.callConnection.listParticipants()).values;
  expect(await people(room)).toMatchObject([{ identifier: { communicationUserId: USER } }]);
  expect(await people(group)).toMatchObject([{ identifier: { phoneNumber: ANNA } }]);

  await control().post('groups/our-group/join', { party: BOB });
  await stage.advance(0);
  expect(stage.app.of('ParticipantsUpdated').at(-1)?.event.data.participants).toHaveLength(2);
});

test('the clock reports its time and moves by exactly the given time', async () => {
  const before = (await control().get('clock')) as { mode: string; now: string };
  const after = (await control().post('clock', { advanceMs: 1500 })) as { mode: string; now: string };

  expect(before.mode).toBe('manual');
  expect(Date.parse(after.now) - Date.parse(before.now)).toBe(1500);
});

test('a real clock cannot be moved', async () => {
  const real = await setStage({ clock: 'real' });
  try {
    await expect(real.advance(1)).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('--clock manual'),
    });
  } finally {
    await real.close();
  }
});

interface Entry {
  n: number;
  kind: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}
const log = async (query = '') => ((await control().get(`log${query}`)) as { entries: Entry[] }).entries;

test('the log is numbered, read from where one left off, and leaves reads and credentials out', async () => {
  await control().post('token');
  await control().get('calls');
  const token = { createTokenWithScopes: ['voip'] };
  const { accessToken } = (await (await stage.send('POST', '/identities', token)).json()) as {
    accessToken: { token: string };
  };
  await stage.connected();
  const all = await log();

  expect(all.map(({ n }) => n)).toEqual(all.map((_, index) => index + 1));
  expect(await log('?since=3')).toEqual(all.slice(3));
  const text = JSON.stringify(all);
  expect(text).not.toContain(accessToken.token);
  expect(text.toLowerCase()).not.toMatch(/authorization|signature|bearer|\/emulator\/(calls|log|token)/);
  await expect(control().get('log?since=x')).rejects.toMatchObject({ status: 400 });
});

test('a reset removes calls, parties, numbers, faults and log, and starts the clock and the seed again', async () => {
  await stage.connected();
  await control().put(`parties/${ANNA}`, {});
  await control().post('faults', { match: 'createCall', do: { status: 500 } });
  await control().post('reset');

  expect(await log()).toEqual([]);
  expect(await control().get('calls')).toEqual({ calls: [] });
  expect(await control().get('parties')).toEqual({ parties: [] });
  expect(await control().get('faults')).toEqual({ faults: [] });
  expect(await control().get('clock')).toEqual({ mode: 'manual', now: '2026-01-01T00:00:00.000Z' });
});

test('another machine is not answered', async ({ skip }) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal);
  if (outside === undefined) {
    return skip('this machine has no address but loopback');
  }
  const open = await setStage({ host: '0.0.0.0' });
  try {
    const { port } = new URL(open.emulator.url);
    const status = await new Promise((resolve, reject) => {
      const outgoing = request({ host: outside.address, port, path: '/emulator/calls' }, (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      });
      outgoing.on('error', reject).end();
    });
    expect(status).toBe(403);
  } finally {
    await open.close();
  }
});
