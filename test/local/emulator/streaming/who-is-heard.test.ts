/** Whom an application hears: in calls it answers or joins, in a call it is moved to, and in a crowd. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, USER } from '../stage.ts';
import { type StreamingStage, setStreamingStage } from './streaming-stage.ts';

let stage: StreamingStage;
beforeAll(async () => {
  stage = await setStreamingStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const streamed = (more: object = {}) => ({
  mediaStreamingOptions: {
    transportUrl: stage.server.url,
    transportType: 'websocket' as const,
    contentType: 'audio' as const,
    audioChannelType: 'unmixed' as const,
    startMediaStreaming: true,
    enableDtmfTones: true,
    ...more,
  },
});

/** The ids of those who were heard last, in the order of their frames. */
async function lastHeard(count: number): Promise<unknown[]> {
  const before = stage.server.payloads('AudioData').length;
  await stage.advance(20);
  await stage.server.received('AudioData', before + count);
  return stage.server
    .payloads('AudioData')
    .slice(before)
    .map(({ participantRawID }) => participantRawID);
}

/** The context of a call that rings at the app. */
async function ringing(): Promise<string> {
  await stage.advance(0);
  return (await stage.app.next('IncomingCall')).event.data.incomingCallContext;
}

const subscribe = () => stage.emulator.control.put('event-grid/subscriptions/app', { endpoint: stage.app.url });

test('an application hears the caller', async () => {
  await subscribe();
  await stage.emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER });
  await stage.client.answerCall(await ringing(), stage.callback, streamed());
  await stage.advance(0);

  expect(await lastHeard(1)).toEqual([`4:${ANNA}`]);
});

test('an application hears those in the call that it joins', async () => {
  const call = await stage.connected(ANNA);
  const { serverCallId: id = '' } = await call.getCallConnectionProperties();
  await stage.client.connectCall({ kind: 'serverCallLocator', id }, stage.callback, streamed());
  await stage.advance(0);

  expect(await lastHeard(1)).toEqual([`4:${ANNA}`]);
});

test('an application that is moved to another call hears the people there, and the keys they press', async () => {
  await subscribe();
  await stage.emulator.control.put(`parties/${USER}`, { onRing: 'incomingCall' });
  const { callConnectionProperties } = await stage.client.createCall(
    { targetParticipant: { communicationUserId: USER } },
    stage.callback,
  );
  await stage.client.answerCall(await ringing(), stage.callback, {
    ...streamed(),
    answeredBy: { communicationUserId: USER },
  } as never);
  await stage.advance(0);
  const there = await stage.connected(BOB);
  await there.moveParticipants([{ communicationUserId: USER }], callConnectionProperties.callConnectionId ?? '');
  await stage.advance(0);
  const { callConnectionId } = await there.getCallConnectionProperties();
  await stage.emulator.control.post(`calls/${callConnectionId}/participants/${BOB}/press`, { tones: '5' });

  expect(await lastHeard(1)).toEqual([`4:${BOB}`]);
  expect(stage.server.payloads('DtmfData')).toEqual([{ data: '5' }]);
});

test('of a crowd the four who can be heard best are streamed', async () => {
  const users = ['a', 'b', 'c', 'd'].map((name) => `8:acs:${name}`);
  const call = await stage.streaming({ audioChannelType: 'unmixed' });
  for (const communicationUserId of users) {
    await call.addParticipant({ targetParticipant: { communicationUserId } });
    await stage.advance(200);
  }
  expect(await lastHeard(4)).toEqual([`4:${ANNA}`, ...users.slice(0, 3)]);
  await call.muteParticipant({ communicationUserId: '8:acs:a' });
  await stage.advance(0);

  expect(await lastHeard(4)).toEqual([`4:${ANNA}`, ...users.slice(1)]);
});

test('a server that reads slowly holds the clock up, and misses nothing', async () => {
  await stage.streaming();
  const [client = expect.fail('no connection')] = stage.server.clients;
  client.socket.pause();
  const minutes = 3;
  const turn = stage.advance(minutes * 60_000);
  await expect.poll(async () => (await stage.traffic()).sent).toMatchObject({ AudioData: expect.any(Number) });
  client.socket.resume();
  await turn;
  await stage.server.received('AudioData', minutes * 60 * 50);

  const times = stage.server.payloads('AudioData').map(({ timestamp }) => Date.parse(String(timestamp)));
  expect(times).toHaveLength(minutes * 60 * 50);
  expect(times.every((time, index) => time === (times[0] ?? 0) + index * 20)).toBe(true);
});
