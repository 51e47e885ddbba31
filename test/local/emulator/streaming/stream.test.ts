/** The life of a stream: how it starts, ends and fails, and its events. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../stage.ts';
import { type StreamingStage, setStreamingStage, stateOf } from './streaming-stage.ts';

let stage: StreamingStage;
beforeAll(async () => {
  stage = await setStreamingStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

test('it starts with the call when the options say so, after CallConnected', async () => {
  const call = await stage.call({ startMediaStreaming: true });
  await stage.advance(220);

  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated', 'MediaStreamingStarted']);
  expect(stage.app.of('MediaStreamingStarted')[0]?.event.data).toMatchObject({ operationContext: 'created' });
  expect(await stateOf(call)).toBe('active');
});

test('start and stop move the subscription and are reported by events', async () => {
  const call = await stage.called();
  expect(await stateOf(call)).toBe('inactive');

  await call.getCallMedia().startMediaStreaming({ operationContext: 'start' });
  await stage.advance(0);
  expect(await stateOf(call)).toBe('active');
  await call.getCallMedia().stopMediaStreaming();
  await stage.advance(0);

  expect(await stateOf(call)).toBe('inactive');
  expect(await stage.server.clients[0]?.closed).toBe(1000);
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
  const call = await stage.called();
  const there = `${stage.app.url}/there?x=1`;
  await call.getCallMedia().startMediaStreaming({ operationCallbackUrl: there });
  await stage.advance(0);
  await call.getCallMedia().stopMediaStreaming({ operationCallbackUrl: there, operationContext: 'stop' });
  await stage.advance(0);

  expect(stage.app.arrivals.map(({ path }) => path)).toEqual(['/there?x=1', '/there?x=1']);
  expect(stage.app.of('MediaStreamingStopped')[0]?.event.data).toMatchObject({ operationContext: 'stop' });
});

test.for([
  ['refuses', 'streamConnectionUnsuccessful'],
  ['is not there', 'initialWebSocketConnectionFailed'],
] as const)('a server that %s fails the start with 8581', async ([what, details]) => {
  stage.server.refuseWith = 503;
  const call = await stage.streaming(what === 'refuses' ? {} : { transportUrl: 'ws://127.0.0.1:1/' });
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['MediaStreamingFailed']);
  expect(stage.app.arrivals[0]?.event.data).toMatchObject({
    operationContext: 'start',
    resultInformation: { code: 400, subCode: 8581 },
    mediaStreamingUpdate: { mediaStreamingStatus: 'mediaStreamingFailed', mediaStreamingStatusDetails: details },
  });
  expect(await stateOf(call)).toBe('inactive');
});

test('a connection that is lost is reported, and the app may start again', async () => {
  const call = await stage.streaming();
  stage.app.arrivals.length = 0;
  stage.server.clients[0]?.socket.terminate();
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
  const call = await stage.streaming();
  await stage.advance(40);
  stage.app.arrivals.length = 0;
  await call.hangUp(true);
  await stage.advance(100);

  expect(await stage.server.clients[0]?.closed).toBe(1000);
  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
  expect(await stage.traffic()).toMatchObject({ state: 'inactive', sent: { AudioMetadata: 1, AudioData: 2 } });
});

test('a reset cuts the socket', async () => {
  await stage.streaming();
  await stage.emulator.control.post('reset');

  expect(await stage.server.clients[0]?.closed).toBe(1006);
});

test('a call that never subscribed, or named no URL, cannot stream', async () => {
  const plain = await stage.connected();
  const without = await stage.called({ transportUrl: undefined });

  for (const media of [plain.getCallMedia(), without.getCallMedia()]) {
    expect(await refusalOf(media.startMediaStreaming())).toMatchObject({ status: 405, code: '8522' });
    expect(await refusalOf(media.stopMediaStreaming())).toMatchObject({ status: 405, code: '8522' });
  }
  expect(await stateOf(plain)).toBeUndefined();
  expect(await stateOf(without)).toBe('disabled');
});

test('a call that is to stream at once, but named no URL, gets a failure event', async () => {
  await stage.call({ transportUrl: undefined, startMediaStreaming: true });
  await stage.advance(200);

  expect(stage.app.of('MediaStreamingFailed')[0]?.event.data).toMatchObject({
    resultInformation: { code: 400, subCode: 8581 },
    mediaStreamingUpdate: { mediaStreamingStatusDetails: 'streamUrlMissing' },
  });
});

test('a second start and a stop of nothing are refused', async () => {
  const call = await stage.called();
  expect(await refusalOf(call.getCallMedia().stopMediaStreaming())).toMatchObject({ status: 400, code: '8585' });
  await call.getCallMedia().startMediaStreaming();

  expect(await refusalOf(call.getCallMedia().startMediaStreaming())).toMatchObject({ status: 400, code: '8585' });
});

test('a fault fails the start, and the stop without ending the stream', async () => {
  const fail = { code: 500, subCode: 9999, message: 'asked for' };
  const call = await stage.called();
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
  const refusal = await refusalOf(stage.called({ [name ?? '']: value }));

  expect(refusal).toMatchObject({ status: 400, code: '8523', message: expect.stringContaining(String(name)) });
});

test('the log says that a stream was opened and closed, not each frame', async () => {
  const call = await stage.streaming();
  await stage.advance(1000);
  await call.hangUp(true);
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { note?: string }[] };

  const notes = entries.flatMap(({ note }) => (note?.startsWith('mediaStreaming') ? [note] : []));
  expect(notes).toEqual(['mediaStreaming: opened', 'mediaStreaming: closed after 51 frames']);
});
