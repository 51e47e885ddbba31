/** Streams on wall-clock time: frames keep coming, and nothing outlives the emulator. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type StreamingStage, setStreamingStage } from './streaming-stage.ts';

let stage: StreamingStage;
beforeAll(async () => {
  stage = await setStreamingStage({ clock: 'real' });
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

async function streaming() {
  const call = await stage.call({ startMediaStreaming: true });
  await stage.app.next('MediaStreamingStarted');
  return call;
}

test('frames keep coming, 20 ms apart on average', async () => {
  const requestedAt = Date.now();
  await streaming();
  // Enough frames that the time before the first is small beside them.
  await stage.server.received('AudioData', 100);

  const times = stage.server.payloads('AudioData').map(({ timestamp }) => Date.parse(String(timestamp)));
  // The n-th frame is at least n times 20 ms after the start; on a busy machine frames are late, and those after them catch up.
  expect(times.every((time, index) => time - requestedAt >= index * 20)).toBe(true);
});

test('a stream stops, and can be started again', async () => {
  const call = await streaming();
  await call.getCallMedia().stopMediaStreaming();
  await stage.app.next('MediaStreamingStopped');
  expect(await stage.server.clients[0]?.closed).toBe(1000);
  stage.server.clear();
  await call.getCallMedia().startMediaStreaming();

  await stage.server.received('AudioData', 3);
  // An event that arrived during the next test would be taken for its own.
  await stage.app.next('MediaStreamingStarted');
});

test('a stop that comes while the stream still connects leaves each request its own event', async () => {
  const call = await streaming();
  await call.getCallMedia().stopMediaStreaming();
  await stage.app.next('MediaStreamingStopped');
  stage.app.arrivals.length = 0;
  await call.getCallMedia().startMediaStreaming({ operationContext: 'start' });
  await call.getCallMedia().stopMediaStreaming({ operationContext: 'stop' });

  expect((await stage.app.next('MediaStreamingStarted')).event.data).toMatchObject({ operationContext: 'start' });
  expect((await stage.app.next('MediaStreamingStopped')).event.data).toMatchObject({ operationContext: 'stop' });
});

test('an emulator that closes cuts its streams', async () => {
  const other = await setStreamingStage({ clock: 'real' });
  await other.call({ startMediaStreaming: true });
  await other.app.next('MediaStreamingStarted');
  await other.emulator.close();

  expect(await other.server.clients[0]?.closed).toBe(1006);
  await Promise.all([other.app.close(), other.server.close()]);
});
