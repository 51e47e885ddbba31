/** Callbacks that carry a token of ACS: what each kind of body results in. Forged ones are in forged-callbacks.test.ts. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Answer, eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { callbacksOf, withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

const test = ownHostOnly("has the app fetch ACS's signing keys from a server of its own");

let board: Switchboard;
let emulated: { issuer: string; jwksUrl: string; audience: string };
let keyPort: number;
const keys = createServer(async (_, response) => response.end(await (await fetch(emulated.jwksUrl)).text()));

/** The keys of ACS are fetched through a server of this test, which is down at first. */
beforeAll(async () => {
  keyPort = await freePort();
  board = await published(
    await startSwitchboard({ ...withoutTimers, ACS_CALLBACK_JWKS_URL: `http://127.0.0.1:${keyPort}/keys` }),
  );
  emulated = (await board.emulator.control.get('settings')) as typeof emulated;
});
afterAll(async () => {
  keys.close();
  await board.close();
});

async function goodToken(body: object = {}): Promise<string> {
  const { token } = (await board.emulator.control.post('token', body)) as { token: string };
  return token;
}

async function call(callId: string, body: unknown, token?: string): Promise<Answer> {
  return board.api('POST', `callbacks/${callId}`, body, { authorization: `Bearer ${token ?? (await goodToken())}` });
}

const anEvent = (over: object = {}) => ({
  id: randomUUID(),
  source: 'calling/callConnections/x',
  type: 'Microsoft.Communication.CallDisconnected',
  time: '2026-01-01T12:00:00.0000000+00:00',
  specversion: '1.0',
  data: {
    serverCallId: 'y',
    correlationId: 'z',
    resultInformation: { code: 200, subCode: 0, message: '' },
  },
  ...over,
});

/** What the API shows of a call. */
async function seen(callId: string) {
  const { body: record } = await board.api('GET', `calls/${callId}`);
  const { body: timeline } = await board.api('GET', `calls/${callId}/timeline?limit=200`);
  return { record, timeline: timeline.items };
}

test('while the keys of ACS cannot be fetched, callbacks are 502 and no verdict', async () => {
  expect(problemIn(await call(randomUUID(), [anEvent()])).problem).toBe('502 acsUnreachable');
  expect(problemIn(await call(randomUUID(), [anEvent()], 'garbage')).problem).toBe('401 unauthorized');
  await new Promise<void>((resolve) => keys.listen(keyPort, '127.0.0.1', resolve));
  expect((await call(randomUUID(), [anEvent()])).status).toBe(200);
});

test.each([
  ['no JSON', '{', '400 invalidJson'],
  ['too large', JSON.stringify([anEvent({ data: { text: 'x'.repeat(300_000) } })]), '413 bodyTooLarge'],
])('a body that is %s is refused', async (_, body, problem) => {
  expect(problemIn(await call(randomUUID(), body)).problem).toBe(problem);
});

test.each([[[]], [undefined], [null], ['"x"'], [[null, 7, {}]]])(
  'a body %o holds no event and is 200',
  async (body) => {
    const callId = await connectedCall(board.api);
    const before = await seen(callId);
    expect((await call(callId, body)).status).toBe(200);
    expect(await seen(callId)).toEqual(before);
  },
);

test('an event of a call that is not known is 200 and stored nowhere', async () => {
  const callId = randomUUID();
  expect((await call(callId, [anEvent()])).status).toBe(200);
  expect((await board.api('GET', `calls/${callId}`)).status).toBe(404);
});

test('elements that are no events do not keep out the others', async () => {
  const callId = await connectedCall(board.api);
  const unparsable = anEvent({ type: 'Microsoft.Communication.AddParticipantSucceeded', data: { participant: null } });
  const { callConnectionId } = (await seen(callId)).record;
  const last = anEvent({ data: { callConnectionId } });
  const broken = [null, 'x', { id: 'a' }, anEvent({ time: 'yesterday' }), anEvent({ data: 'x' }), unparsable];
  expect((await call(callId, [...broken, anEvent(), last])).status).toBe(200);
  const { record, timeline } = await seen(callId);
  expect(record.status).toBe('disconnected');
  expect(timeline.filter(({ event }: { event?: string }) => event === 'CallDisconnected')).toHaveLength(2);
});

test('one event that is no array is taken too', async () => {
  const callId = await connectedCall(board.api);
  await call(callId, anEvent());
  expect((await seen(callId)).record).toMatchObject({ status: 'disconnected', end: { acsCode: 200, acsSubCode: 0 } });
});

test('an event of an unknown kind is in the timeline and changes nothing else', async () => {
  const callId = await connectedCall(board.api);
  const before = await seen(callId);
  const event = anEvent({ type: 'Microsoft.Communication.CallTeleported' });
  expect((await call(callId, [event])).status).toBe(200);
  const after = await seen(callId);
  expect(after.record).toEqual(before.record);
  expect(after.timeline).toContainEqual({
    at: '2026-01-01T12:00:00.000Z',
    kind: 'event',
    event: 'CallTeleported',
    eventId: event.id,
    why: 'raised for the call',
  });
});

test('the same event twice, also at once, changes nothing and is in the timeline once', async () => {
  const callId = await connectedCall(board.api);
  const [event, token] = [anEvent({ id: "it's / a #? \\ %00 id" }), await goodToken()];
  await call(callId, [event, event], token);
  const once = await seen(callId);
  await Promise.all(Array.from({ length: 8 }, () => call(callId, [event], token)));
  expect(await seen(callId)).toEqual(once);
  expect(once.timeline.filter(({ eventId }: { eventId?: string }) => eventId === event.id)).toHaveLength(1);
});

test.each(['badSignature', 'wrongAudience'])('a callback of ACS with %s is not taken', async (forgery) => {
  await board.emulator.control.post('faults', { match: 'CallConnected', do: { [forgery]: true }, times: 1 });
  const { body } = await board.api('POST', 'calls', { targets: ['+14255550123'], callerId: '+14255550100' });
  await eventually(
    () => callbacksOf(board, body.callId),
    (sent) => sent.length > 1,
  );
  const { timeline } = await eventually(
    () => seen(body.callId),
    ({ record: one }) => one.participants.length > 0,
  );
  expect(timeline.map(({ event }: { event?: string }) => event)).not.toContain('CallConnected');
});
