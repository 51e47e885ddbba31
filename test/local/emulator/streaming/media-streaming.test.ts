/** Media streaming on the wire: the upgrade, the frames, and what comes back. */

import { createOutboundAudioData, createOutboundStopAudioData } from '@azure/communication-call-automation';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, USER } from '../stage.ts';
import { type StreamingStage, setStreamingStage } from './streaming-stage.ts';

let stage: StreamingStage;
beforeAll(async () => {
  stage = await setStreamingStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const phone = (phoneNumber: string) => ({ phoneNumber });

test('the server learns who calls, with a token of the emulator that is good for a day', async () => {
  const call = await stage.streaming();

  const [{ upgrade } = expect.fail('no connection')] = stage.server.clients;
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
  await stage.streaming({ transportUrl: `${stage.server.url.replace('ws:', 'http:')}/a/../b%2fc/?q=%41` });

  expect(stage.server.clients[0]?.upgrade.url).toBe('/a/../b%2fc/?q=%41');
});

test.for([
  ['pcm16KMono', 16_000, 640],
  ['Pcm24KMono', 24_000, 960],
] as const)('%s sends %i samples a second, 50 frames of %i bytes', async ([audioFormat, sampleRate, length]) => {
  const call = await stage.streaming({ audioFormat });
  const { mediaStreamingSubscription } = await call.getCallConnectionProperties();

  await stage.advance(1000);
  await stage.server.received('AudioData', 50);

  expect(stage.server.clients[0]?.frames[0]?.kind).toBe('AudioMetadata');
  expect(stage.server.payloads('AudioMetadata')).toEqual([
    { subscriptionId: mediaStreamingSubscription?.id, encoding: 'PCM', sampleRate, channels: 1, length },
  ]);
  const frames = stage.server.payloads('AudioData');
  expect(frames).toHaveLength(50);
  expect(frames.every(({ data }) => Buffer.from(String(data), 'base64').length === length)).toBe(true);
  const times = frames.map(({ timestamp }) => Date.parse(String(timestamp)));
  expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(new Set([20]));
});

test('mixed audio is one stream without a participant', async () => {
  const call = await stage.streaming();
  await call.addParticipant({ targetParticipant: phone(BOB), sourceCallIdNumber: phone(APP_NUMBER) });
  await stage.advance(300);
  await stage.server.received('AudioData', 15);

  const frames = stage.server.payloads('AudioData');
  expect(frames).toHaveLength(15);
  expect(frames[0]).toEqual({ timestamp: expect.any(String), data: expect.any(String), silent: false });
  // Two voices sound different from one.
  expect(frames.at(-1)?.data).not.toBe(frames[0]?.data);
});

test('unmixed audio is a stream for each participant, of whom the muted one is silent', async () => {
  const call = await stage.streaming({ audioChannelType: 'unmixed' });
  await call.addParticipant({ targetParticipant: { communicationUserId: USER } });
  await stage.advance(200);
  await call.muteParticipant({ communicationUserId: USER });
  await stage.advance(20);
  await stage.server.received('AudioData', 12);

  const [anna, user] = stage.server.payloads('AudioData').slice(-2);
  expect(anna).toMatchObject({ participantRawID: `4:${ANNA}`, silent: false });
  expect(user).toMatchObject({ participantRawID: USER, silent: true });
  expect(Buffer.from(String(user?.data), 'base64')).toEqual(Buffer.alloc(640));
  expect(Buffer.from(String(anna?.data), 'base64')).not.toEqual(Buffer.alloc(640));
});

test.for([
  [true, [{ data: '1' }, { data: '#' }]],
  [false, []],
] as const)('keys are reported when enableDtmfTones is %s', async ([enableDtmfTones, expected]) => {
  const call = await stage.streaming({ enableDtmfTones });
  const { callConnectionId } = await call.getCallConnectionProperties();
  await stage.emulator.control.post(`calls/${callConnectionId}/participants/${ANNA}/press`, { tones: '1#' });
  await stage.advance(20);
  await stage.server.received('AudioData', 1);

  expect(stage.server.payloads('DtmfData')).toEqual(expected);
});

test('a participant on hold is not heard', async () => {
  const call = await stage.streaming();
  await call.getCallMedia().hold({ phoneNumber: ANNA });
  await stage.advance(40);
  await stage.server.received('AudioData', 2);

  expect(stage.server.payloads('AudioData').at(-1)).toMatchObject({ silent: true });
});

test('a bidirectional stream takes audio and the order to stop it, and survives anything else', async () => {
  await stage.streaming({ enableBidirectional: true });
  const [client = expect.fail('no connection')] = stage.server.clients;
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
    .poll(async () => (await stage.traffic()).received)
    .toEqual({
      audioFrames: 2,
      audioBytes: 1280,
      stopAudio: 1,
      refused: 7,
    });
});

test('a stream that is not bidirectional takes nothing', async () => {
  await stage.streaming();
  stage.server.clients[0]?.socket.send(createOutboundAudioData('AAAA'));

  await expect.poll(async () => (await stage.traffic()).received).toMatchObject({ audioFrames: 0, refused: 1 });
});
