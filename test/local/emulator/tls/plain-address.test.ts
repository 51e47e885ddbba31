/** Addresses with TLS lead to an app of this machine that speaks none, as a dev tunnel would; elsewhere they do not. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { plainAddress } from '../../../../local/emulator/tls/plain-address.ts';
import { type AudioServer, startAudioServer } from '../audio-server.ts';
import { ANNA, type Stage, setStage, who } from '../stage.ts';
import { type StreamServer, startStreamServer } from '../streaming/stream-server.ts';

let stage: Stage;
let streams: StreamServer;
let audio: AudioServer;

beforeAll(async () => {
  stage = await setStage();
  streams = await startStreamServer();
  audio = await startAudioServer();
});
beforeEach(async () => {
  await stage.clear();
  streams.clear();
});
afterAll(async () => {
  await Promise.all([stage.close(), streams.close(), audio.close()]);
});

const secure = (url: string) => url.replace(/^(http|ws):/, '$1s:');

test('callbacks, Event Grid events and prompts go over https to an app without TLS', async () => {
  const { app, client, emulator } = stage;
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await emulator.control.put('event-grid/subscriptions/calls', { endpoint: secure(`${app.url}/grid`), eventTypes });
  await emulator.control.post('incoming-calls', { from: ANNA, to: '+14255550100' });
  const invite = { targetParticipant: who(ANNA), sourceCallIdNumber: { phoneNumber: '+14255550100' } };
  const { callConnection } = await client.createCall(invite as never, secure(stage.callback));
  await stage.advance(200);
  await callConnection.getCallMedia().playToAll([{ kind: 'fileSource', url: secure(audio.at('100.wav')) }]);
  await stage.advance(2000);

  const kinds = app.arrivals.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['CallConnected', 'PlayCompleted', 'IncomingCall']));
});

test('a stream goes to a wss address of an app without TLS', async () => {
  await stage.connected(ANNA, {
    mediaStreamingOptions: {
      transportUrl: secure(streams.url),
      transportType: 'websocket',
      contentType: 'audio',
      audioChannelType: 'mixed',
      startMediaStreaming: true,
    },
  });
  await stage.advance(1000);
  await streams.received('AudioData', 1);
  await stage.emulator.control.post('reset');

  expect(await streams.clients[0]?.closed).toBe(1006);
});

const noTls = Object.assign(new Error('wrong version number'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });

test.for([
  ['https://localhost:8080/a', 'http://localhost:8080/a'],
  ['WSS://127.0.0.1/ws', 'ws://127.0.0.1/ws'],
  ['https://[::1]:8080', 'http://[::1]:8080'],
  ['https://app:8080/a', 'http://app:8080/a'],
  ['wss://host.docker.internal:8080/a', 'ws://host.docker.internal:8080/a'],
] as const)('%s is reached without TLS at %s', ([url, plain]) => {
  expect(plainAddress(url, noTls)).toBe(plain);
  expect(plainAddress(url, Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))).toBeUndefined();
  expect(plainAddress(url, 'no error')).toBeUndefined();
});

test.for([
  'https://app.example/a',
  'https://127.0.0.1.example/',
  'https://localhost@app.example/',
  'wss://10.0.0.1/',
  'http://localhost:8080/',
  'ws://localhost:8080/',
])('%s is never reached without TLS', (url) => {
  expect(plainAddress(url, noTls)).toBeUndefined();
});
