/** Streams on wall-clock time: frames keep coming, a slow server slows them down, and nothing outlives the emulator. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, OURS, type Stage, setStage } from '../stage.ts';
import { type StreamServer, startStreamServer } from './stream-server.ts';

let stage: Stage;
let server: StreamServer;
beforeAll(async () => {
  [stage, server] = await Promise.all([setStage({ clock: 'real' }), startStreamServer()]);
});
beforeEach(async () => {
  await stage.clear();
  server.forget();
});
afterAll(async () => {
  await Promise.all([stage.close(), server.close()]);
});

async function streaming() {
  const { callConnection } = await stage.client.createCall(
    { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: OURS } },
    stage.callback,
    {
      mediaStreamingOptions: {
        transportUrl: server.url,
        transportType: 'websocket',
        contentType: 'audio',
        audioChannelType: 'mixed',
        startMediaStreaming: true,
      },
    },
  );
  await stage.app.next('MediaStreamingStarted');
  return callConnection;
}

test('frames keep coming, 20 ms apart on average', async () => {
  await streaming();
  await server.received('AudioData', 25);

  const times = server.payloads('AudioData').map(({ timestamp }) => Date.parse(String(timestamp)));
  const [first = 0] = times;
  // Never early: the n-th frame is n times 20 ms after the first, or later on a busy machine.
  expect(times.every((time, index) => time - first >= index * 20 - 20)).toBe(true);
});

test('a stream stops, and can be started again', async () => {
  const call = await streaming();
  await call.getCallMedia().stopMediaStreaming();
  await stage.app.next('MediaStreamingStopped');
  expect(await server.clients[0]?.closed).toBe(1000);
  server.forget();
  await call.getCallMedia().startMediaStreaming();

  await server.received('AudioData', 3);
});

test('a stop that comes while the stream connects ends it after its start', async () => {
  const call = await streaming();
  await call.getCallMedia().stopMediaStreaming();
  await stage.app.next('MediaStreamingStopped');
  stage.app.arrivals.length = 0;
  await call.getCallMedia().startMediaStreaming({ operationContext: 'start' });
  await call.getCallMedia().stopMediaStreaming({ operationContext: 'stop' });
  await stage.app.next('MediaStreamingStopped');

  expect(stage.app.kinds().sort()).toEqual(['MediaStreamingStarted', 'MediaStreamingStopped']);
});

test('an emulator that closes cuts its streams', async () => {
  const other = await setStage({ clock: 'real' });
  await other.client.createCall(
    { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: OURS } },
    other.callback,
    {
      mediaStreamingOptions: {
        transportUrl: server.url,
        transportType: 'websocket',
        contentType: 'audio',
        audioChannelType: 'mixed',
        startMediaStreaming: true,
      },
    },
  );
  await other.app.next('MediaStreamingStarted');
  await other.close();

  expect(await server.clients[0]?.closed).toBe(1006);
});
