/** Media streaming: the upgrade, the frames, both clocks, what comes back, and every way it can end. */

import {
  type CallConnection,
  createOutboundAudioData,
  createOutboundStopAudioData,
} from '@azure/communication-call-automation';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, BOB, OURS, refusalOf, type Stage, setStage, USER } from '../stage.ts';
import { type StreamServer, startStreamServer } from './stream-server.ts';

let stage: Stage;
let server: StreamServer;
beforeAll(async () => {
  [stage, server] = await Promise.all([setStage(), startStreamServer()]);
});
beforeEach(async () => {
  await stage.clear();
  server.forget();
});
afterAll(async () => {
  await Promise.all([stage.close(), server.close()]);
});

const phone = (phoneNumber: string) => ({ phoneNumber });
const options = (more: object = {}) => ({
  transportUrl: `${server.url}/media?call=1`,
  transportType: 'websocket',
  contentType: 'audio',
  audioChannelType: 'mixed',
  ...more,
});

/** A call to Anna with media streaming options, answered; what has arrived until then is forgotten. */
async function called(more: object = {}): Promise<CallConnection> {
  const invite = { targetParticipant: phone(ANNA), sourceCallIdNumber: phone(OURS) };
  const { callConnection } = await stage.client.createCall(invite, stage.callback, {
    operationContext: 'created',
    mediaStreamingOptions: options(more) as never,
  });
  await stage.advance(200);
  stage.app.arrivals.length = 0;
  return callConnection;
}

async function streaming(more: object = {}): Promise<CallConnection> {
  const call = await called(more);
  await call.getCallMedia().startMediaStreaming({ operationContext: 'start' });
  await stage.advance(0);
  return call;
}

const stateOf = async (call: CallConnection) =>
  (await call.getCallConnectionProperties()).mediaStreamingSubscription?.state;

const trafficOf = async () => {
  const { calls } = (await stage.emulator.control.get('calls')) as { calls: { streams: Record<string, unknown>[] }[] };
  return calls[0]?.streams[0];
};

test('the server is told who calls, with a token of the emulator that is good for a day', async () => {
  const call = await streaming();

  const [{ upgrade } = expect.fail('nobody connected')] = server.clients;
  const { callConnectionId, correlationId } = await call.getCallConnectionProperties();
  expect(upgrade.url).toBe('/media?call=1');
  expect(upgrade.headers).toMatchObject({
    'x-ms-call-connection-id': callConnectionId,
    'x-ms-call-correlation-id': correlationId,
  });
  const settings = (await stage.emulator.control.get('settings')) as Record<string, string>;
  const { payload } = await jwtVerify(
    String(upgrade.headers.authorization).replace('Bearer ', ''),
    createRemoteJWKSet(new URL(settings.jwksUrl ?? '')),
    {
      issuer: settings.issuer ?? '',
      audience: settings.audience ?? '',
      currentDate: new Date(((await stage.emulator.control.get('clock')) as { now: string }).now),
    },
  );
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(24 * 3600);
});

test('the path of the URL is asked for as it was written', async () => {
  await streaming({ transportUrl: `${server.url.replace('ws:', 'http:')}/a/../b%2fc/?q=%41` });

  expect(server.clients[0]?.upgrade.url).toBe('/a/../b%2fc/?q=%41');
});

test.for([
  ['pcm16KMono', 16_000, 640],
  ['Pcm24KMono', 24_000, 960],
] as const)('%s sends %i samples a second, 50 frames of %i bytes', async ([audioFormat, sampleRate, length]) => {
  const call = await streaming({ audioFormat });
  const { mediaStreamingSubscription } = await call.getCallConnectionProperties();

  await stage.advance(1000);
  await server.received('AudioData', 50);

  expect(server.clients[0]?.frames[0]?.kind).toBe('AudioMetadata');
  expect(server.payloads('AudioMetadata')).toEqual([
    { subscriptionId: mediaStreamingSubscription?.id, encoding: 'PCM', sampleRate, channels: 1, length },
  ]);
  const frames = server.payloads('AudioData');
  expect(frames).toHaveLength(50);
  expect(frames.every(({ data }) => Buffer.from(String(data), 'base64').length === length)).toBe(true);
  const times = frames.map(({ timestamp }) => Date.parse(String(timestamp)));
  expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(new Set([20]));
});

test('mixed audio is one stream of nobody in particular', async () => {
  const call = await streaming();
  await call.addParticipant({ targetParticipant: phone(BOB), sourceCallIdNumber: phone(OURS) });
  await stage.advance(300);
  await server.received('AudioData', 15);

  const frames = server.payloads('AudioData');
  expect(frames).toHaveLength(15);
  expect(frames[0]).toEqual({ timestamp: expect.any(String), data: expect.any(String), silent: false });
  // Two voices sound different from one.
  expect(frames.at(-1)?.data).not.toBe(frames[0]?.data);
});

test('unmixed audio is a stream for each participant, of whom the muted one is silent', async () => {
  const call = await streaming({ audioChannelType: 'unmixed' });
  await call.addParticipant({ targetParticipant: { communicationUserId: USER } });
  await stage.advance(200);
  await call.muteParticipant({ communicationUserId: USER });
  await stage.advance(20);
  await server.received('AudioData', 12);

  const [anna, user] = server.payloads('AudioData').slice(-2);
  expect(anna).toMatchObject({ participantRawID: `4:${ANNA}`, silent: false });
  expect(user).toMatchObject({ participantRawID: USER, silent: true });
  expect(Buffer.from(String(user?.data), 'base64')).toEqual(Buffer.alloc(640));
  expect(Buffer.from(String(anna?.data), 'base64')).not.toEqual(Buffer.alloc(640));
});

test('it starts with the call when the options say so, after CallConnected', async () => {
  const invite = { targetParticipant: phone(ANNA), sourceCallIdNumber: phone(OURS) };
  const { callConnection } = await stage.client.createCall(invite, stage.callback, {
    operationContext: 'created',
    mediaStreamingOptions: options({ startMediaStreaming: true }) as never,
  });
  await stage.advance(220);

  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated', 'MediaStreamingStarted']);
  expect(stage.app.of('MediaStreamingStarted')[0]?.event.data).toMatchObject({ operationContext: 'created' });
  expect(await stateOf(callConnection)).toBe('active');
});

test('start and stop move the subscription and are told in events', async () => {
  const call = await called();
  expect(await stateOf(call)).toBe('inactive');

  await call.getCallMedia().startMediaStreaming({ operationContext: 'start' });
  await stage.advance(0);
  expect(await stateOf(call)).toBe('active');
  await call.getCallMedia().stopMediaStreaming();
  await stage.advance(0);

  expect(await stateOf(call)).toBe('inactive');
  expect(await server.clients[0]?.closed).toBe(1000);
  const update = (status: string, details: string) => ({
    operationContext: 'start',
    resultInformation: { code: 200, subCode: 0, message: 'Action completed successfully.' },
    mediaStreamingUpdate: {
      contentType: 'Audio',
      mediaStreamingStatus: `mediaStreaming${status}`,
      mediaStreamingStatusDetails: details,
    },
  });
  expect(stage.app.arrivals.map(({ event }) => event.data)).toMatchObject([
    update('Started', 'subscriptionStarted'),
    update('Stopped', 'subscriptionStopped'),
  ]);
});

test('events go where the request names a callback', async () => {
  const call = await called();
  const there = `${stage.app.url}/there?x=1`;
  await call.getCallMedia().startMediaStreaming({ operationCallbackUrl: there });
  await stage.advance(0);
  await call.getCallMedia().stopMediaStreaming({ operationCallbackUrl: there, operationContext: 'stop' });
  await stage.advance(0);

  expect(stage.app.arrivals.map(({ path }) => path)).toEqual(['/there?x=1', '/there?x=1']);
  expect(stage.app.of('MediaStreamingStopped')[0]?.event.data).toMatchObject({ operationContext: 'stop' });
});

test('a bidirectional stream takes audio and the order to stop it, and survives anything else', async () => {
  await streaming({ enableBidirectional: true });
  const [client = expect.fail('nobody connected')] = server.clients;
  const audio = Buffer.alloc(640).toString('base64');
  const messages = [
    createOutboundAudioData(audio),
    createOutboundStopAudioData(),
    JSON.stringify({ Kind: 'AudioData', AudioData: { Data: audio }, StopAudio: null }),
    'garbage',
    '[]',
    'null',
    createOutboundAudioData('no base64!'),
    createOutboundAudioData('YQ=='),
    JSON.stringify({ kind: 'audioData' }),
    Buffer.from([0xff, 0xfe]),
  ];
  for (const message of messages) {
    client.socket.send(message);
  }

  await expect
    .poll(async () => (await trafficOf())?.received)
    .toEqual({
      audioFrames: 2,
      audioBytes: 1280,
      stopAudio: 1,
      refused: 7,
    });
});

test('a stream that is not bidirectional takes nothing', async () => {
  await streaming();
  server.clients[0]?.socket.send(createOutboundAudioData('AAAA'));

  await expect.poll(async () => (await trafficOf())?.received).toMatchObject({ audioFrames: 0, refused: 1 });
});

test.for([
  ['refuses', 'streamConnectionUnsuccessful'],
  ['is not there', 'initialWebSocketConnectionFailed'],
] as const)('a server that %s fails the start with 8581', async ([what, details]) => {
  server.refuseWith = 503;
  const call = await streaming(what === 'refuses' ? {} : { transportUrl: 'ws://127.0.0.1:1/' });
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['MediaStreamingFailed']);
  expect(stage.app.arrivals[0]?.event.data).toMatchObject({
    operationContext: 'start',
    resultInformation: { code: 400, subCode: 8581 },
    mediaStreamingUpdate: { mediaStreamingStatus: 'mediaStreamingFailed', mediaStreamingStatusDetails: details },
  });
  expect(await stateOf(call)).toBe('inactive');
});

test('a connection that is lost is told, and the app may start again', async () => {
  const call = await streaming();
  stage.app.arrivals.length = 0;
  server.clients[0]?.socket.terminate();
  await expect
    .poll(async () => {
      await stage.advance(20);
      return stage.app.kinds();
    })
    .toEqual(['MediaStreamingFailed']);

  expect(stage.app.arrivals[0]?.event.data).toMatchObject({
    operationContext: 'start',
    resultInformation: { code: 500, subCode: 8603 },
    mediaStreamingUpdate: { mediaStreamingStatusDetails: 'streamConnectionInterrupted' },
  });
  await call.getCallMedia().startMediaStreaming();
  await stage.advance(0);
  expect(await stateOf(call)).toBe('active');
});

test('the end of the call closes the socket without a word of its own', async () => {
  const call = await streaming();
  await stage.advance(40);
  stage.app.arrivals.length = 0;
  await call.hangUp(true);
  await stage.advance(100);

  expect(await server.clients[0]?.closed).toBe(1000);
  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
  expect(await trafficOf()).toMatchObject({ state: 'inactive', sent: { AudioMetadata: 1, AudioData: 2 } });
});

test('a reset cuts the socket', async () => {
  await streaming();
  await stage.emulator.control.post('reset');

  expect(await server.clients[0]?.closed).toBe(1006);
});

test('a call that never subscribed, or named no URL, cannot stream', async () => {
  const plain = await stage.connected();
  const without = await called({ transportUrl: undefined });

  for (const media of [plain.getCallMedia(), without.getCallMedia()]) {
    expect(await refusalOf(media.startMediaStreaming())).toMatchObject({ status: 405, code: '8522' });
    expect(await refusalOf(media.stopMediaStreaming())).toMatchObject({ status: 405, code: '8522' });
  }
  expect(await stateOf(plain)).toBeUndefined();
  expect(await stateOf(without)).toBe('disabled');
});

test('a call that is to stream at once, but named no URL, is told so', async () => {
  await stage.client.createCall({ targetParticipant: phone(ANNA), sourceCallIdNumber: phone(OURS) }, stage.callback, {
    mediaStreamingOptions: options({ transportUrl: undefined, startMediaStreaming: true }) as never,
  });
  await stage.advance(200);

  expect(stage.app.of('MediaStreamingFailed')[0]?.event.data).toMatchObject({
    resultInformation: { code: 400, subCode: 8581 },
    mediaStreamingUpdate: { mediaStreamingStatusDetails: 'streamUrlMissing' },
  });
});

test('a second start and a stop of nothing are refused', async () => {
  const call = await called();
  expect(await refusalOf(call.getCallMedia().stopMediaStreaming())).toMatchObject({ status: 400, code: '8585' });
  await call.getCallMedia().startMediaStreaming();

  expect(await refusalOf(call.getCallMedia().startMediaStreaming())).toMatchObject({ status: 400, code: '8585' });
});

test('a fault fails the start, and the stop without ending the stream', async () => {
  const fail = { code: 500, subCode: 9999, message: 'asked for' };
  const call = await called();
  await stage.emulator.control.post('faults', { match: 'startMediaStreaming', do: { fail }, times: 1 });
  await stage.emulator.control.post('faults', { match: 'stopMediaStreaming', do: { fail }, times: 1 });
  await call.getCallMedia().startMediaStreaming();
  await stage.advance(0);
  expect(await stateOf(call)).toBe('inactive');
  await call.getCallMedia().startMediaStreaming();
  await stage.advance(0);
  await call.getCallMedia().stopMediaStreaming();
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['MediaStreamingFailed', 'MediaStreamingStarted', 'MediaStreamingFailed']);
  expect(stage.app.arrivals[0]?.event.data).toMatchObject({
    resultInformation: fail,
    mediaStreamingUpdate: { mediaStreamingStatusDetails: 'unspecifiedError' },
  });
  expect(await stateOf(call)).toBe('active');
});

test.for([
  ['transportUrl', 'ftp://x/'],
  ['transportUrl', 'ws://x/#fragment'],
  ['transportUrl', 'ws:///x'],
  ['audioFormat', 'mp3'],
  ['audioChannelType', 'both'],
  ['transportType', 'pigeon'],
])('%s %s is refused by name', async ([name, value]) => {
  const refusal = await refusalOf(called({ [name ?? '']: value }));

  expect(refusal).toMatchObject({ status: 400, code: '8523', message: expect.stringContaining(String(name)) });
});

test('the log tells that a stream was opened and closed, not each frame', async () => {
  const call = await streaming();
  await stage.advance(1000);
  await call.hangUp(true);
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { note?: string }[] };

  const notes = entries.flatMap(({ note }) => (note?.startsWith('mediaStreaming') ? [note] : []));
  expect(notes).toEqual(['mediaStreaming: opened', 'mediaStreaming: closed after 51 frames']);
});
