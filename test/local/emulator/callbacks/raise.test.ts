/** Callbacks: envelope, token, and what happens to one that is not taken. */

import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { APP_NUMBER, BOB, type Stage, setStage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

test('an event is one CloudEvent in an array, posted as plain JSON', async () => {
  const connection = await stage.connected();
  await connection.hangUp(true);
  await stage.advance(0);

  const [arrival] = stage.app.arrivals;
  const { callConnectionId, serverCallId, correlationId } = arrival?.event.data ?? {};
  expect(arrival).toMatchObject({ batch: 1, path: '/callbacks?call=1' });
  expect(arrival?.headers['content-type']).toBe('application/json');
  expect(arrival?.event).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    source: `calling/callConnections/${callConnectionId}`,
    subject: `calling/callConnections/${callConnectionId}`,
    type: 'Microsoft.Communication.CallDisconnected',
    time: expect.stringMatching(/\+00:00$/),
    specversion: '1.0',
    datacontenttype: 'application/json',
    data: {
      version: '2026-03-12',
      publicEventType: 'Microsoft.Communication.CallDisconnected',
      operationContext: 'created',
      callConnectionId,
      serverCallId,
      correlationId,
      resultInformation: expect.objectContaining({ code: 200, subCode: 7000 }),
    },
  });
});

test.for(['/.well-known/openid-configuration', '/calling/.well-known/acsopenidconfiguration'])(
  'each event has a token of its own that verifies by %s',
  async (path) => {
    const connection = await stage.connected();
    await connection.hangUp(true);
    await stage.connected().then((other) => other.hangUp(true));
    await stage.advance(1000);

    // Asked by another name of this machine, the document answers with that name.
    const asked = stage.emulator.url.replace('127.0.0.1', 'localhost');
    const configuration = (await (await fetch(`${asked}${path}`)).json()) as { issuer: string; jwks_uri: string };
    const { audience, issuer } = (await stage.emulator.control.get('settings')) as Record<string, string>;
    expect(configuration).toMatchObject({ issuer, jwks_uri: `${asked}/calling/keys` });
    const { now } = (await stage.emulator.control.get('clock')) as { now: string };
    const [token = ''] = stage.app.arrivals.map(({ headers }) => headers.authorization?.replace(/^Bearer /, ''));
    const options = { issuer: configuration.issuer, audience: audience ?? '', currentDate: new Date(now) };
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createRemoteJWKSet(new URL(configuration.jwks_uri)),
      options,
    );
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  },
);

test.for([401, 404, 500])('a callback that is answered %d is logged and not sent again', async (status) => {
  stage.app.answer = () => status;
  const connection = await stage.connected();
  await connection.hangUp(true);
  await stage.advance(3600 * 1000);

  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
  expect(await deliveries()).toContainEqual(
    expect.objectContaining({ event: 'CallDisconnected', status, note: expect.any(String) }),
  );
});

test('a callback that is not accepted is logged', async () => {
  const body = { targets: [{ rawId: '8:acs:x_y' }], callbackUri: 'http://127.0.0.1:1/unreachable' };
  await stage.send('POST', '/calling/callConnections', body);
  await stage.advance(200);

  expect(await deliveries()).toMatchObject([
    { event: 'CallConnected', note: expect.stringContaining('ECONNREFUSED') },
    { event: 'ParticipantsUpdated', note: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test('on the real clock a callback does not wait for the one before', async () => {
  const real = await setStage({ clock: 'real' });
  try {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    real.app.answer = async ({ kind }) => {
      if (kind === 'CallConnected') {
        await held;
      }
      return 200;
    };
    await real.client.createCall({ targetParticipant: { communicationUserId: '8:acs:x_y' } }, real.callback);

    await real.app.next('ParticipantsUpdated');
    release();
    expect((await real.app.next('CallConnected')).event.data.resultInformation).toMatchObject({ code: 200 });
  } finally {
    await real.close();
  }
});

test('an event goes to the operation callback byte for byte, and only that one', async () => {
  const connection = await stage.connected();
  const path = '/other/./a%2Fb/../c?x=%41&y=1+2';

  await connection.addParticipant(
    { targetParticipant: { phoneNumber: BOB }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } },
    { operationCallbackUrl: `${stage.app.url}${path}` },
  );
  await stage.advance(200);

  expect(stage.app.arrivals.map(({ kind, path: to }) => [kind, to])).toEqual([
    ['AddParticipantSucceeded', path],
    ['ParticipantsUpdated', '/callbacks?call=1'],
  ]);
});

test('nothing follows a CallDisconnected, whatever was still under way', async () => {
  await stage.emulator.control.put(`parties/${BOB}`, { onRing: 'noAnswer' });
  const connection = await stage.connected();
  await connection.transferCallToParticipant({ phoneNumber: BOB });
  await stage.advance(1000);
  await connection.hangUp(true);
  await stage.advance(60_000);

  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
});

async function deliveries(): Promise<object[]> {
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { kind: string }[] };
  return entries.filter(({ kind }) => kind === 'delivery');
}
