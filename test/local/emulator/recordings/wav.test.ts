/** WAV files as an audio library reads them: exact to the sample, silent where they must be. */

import type { CallAutomationClient } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, type Stage, setStage, USER } from '../stage.ts';
import { awaitFiles, fetched, record, stopped } from './recorder.ts';
import { isSilent, RATE, read, strength } from './samples.ts';

let stage: Stage;
let client: CallAutomationClient;
beforeAll(async () => {
  stage = await setStage();
  client = stage.client;
});
beforeEach(async () => {
  await stage.clear();
  await awaitFiles(stage);
});
afterAll(() => stage.close());

const wav = { recordingContent: 'audio', recordingFormat: 'wav' } as const;

test('a WAV has the exact length of the recording, and silence exactly where it was paused', async () => {
  const recordings = stage.client.getCallRecording();
  const recordingId = await record(stage, await stage.connected(), wav);
  await stage.advance(1500);
  await recordings.pause(recordingId);
  await stage.advance(777);
  await recordings.resume(recordingId);
  await stage.advance(1001);
  const { recordingStorageInfo, recordingDurationMs } = await stopped(stage, recordingId);

  const {
    channels: [samples = new Float64Array()],
    fmt,
  } = await read(client, recordingStorageInfo.recordingChunks[0].contentLocation);
  expect(fmt).toEqual({ sampleRate: RATE, bitsPerSample: 16 });
  expect(recordingDurationMs).toBe(3278);
  expect(samples).toHaveLength(3278 * 16);
  expect(strength(samples, 400, 0, 1500)).toBeCloseTo(1, 2);
  expect(isSilent(samples, 1500, 2277)).toBe(true);
  expect(strength(samples, 400, 2277, 3278)).toBeCloseTo(1, 2);
  // Up to the very edge: the last samples before the pause and the first after it sound.
  expect(isSilent(samples, 1499, 1500)).toBe(false);
  expect(isSilent(samples, 2277, 2278)).toBe(false);
});

test('each participant has a tone, while they are in the call and not muted', async () => {
  const call = await stage.connected();
  const recordingId = await record(stage, call, wav);
  await call.addParticipant({ targetParticipant: { communicationUserId: USER } });
  await stage.advance(1000);
  await call.muteParticipant({ communicationUserId: USER });
  await stage.advance(500);
  await call.removeParticipant({ phoneNumber: ANNA });
  await stage.advance(300);
  const { recordingStorageInfo } = await stopped(stage, recordingId);

  const { channels } = await read(client, recordingStorageInfo.recordingChunks[0].contentLocation);
  expect(channels).toHaveLength(1);
  const [samples = new Float64Array()] = channels;
  const heard = (fromMs: number, untilMs: number) =>
    [400, 500, 600].map((hz) => Math.round(strength(samples, hz, fromMs, untilMs)));
  expect(heard(0, 200)).toEqual([1, 0, 0]);
  expect(heard(200, 1000)).toEqual([1, 1, 0]);
  expect(heard(1000, 1500)).toEqual([1, 0, 0]);
  expect(isSilent(samples, 1500, 1800)).toBe(true);
});

test('an unmixed WAV gives each participant a channel: by affinity, by ordering, then as they are heard', async () => {
  const users = ['a', 'b', 'c'].map((name) => ({ communicationUserId: `8:acs:${name}` }));
  const call = await stage.connected();
  for (const targetParticipant of users) {
    await call.addParticipant({ targetParticipant });
  }
  await stage.advance(200);
  const [, b = { communicationUserId: '' }, c = { communicationUserId: '' }] = users;
  const recordingId = await record(stage, call, {
    ...wav,
    recordingChannel: 'unmixed',
    channelAffinity: [{ channel: 1, targetParticipant: c }],
    audioChannelParticipantOrdering: [b],
  });
  await stage.advance(500);
  const { recordingStorageInfo, recordingChannelType } = await stopped(stage, recordingId);

  expect(recordingChannelType).toBe('Unmixed');
  const [chunk] = recordingStorageInfo.recordingChunks;
  const { channels } = await read(client, chunk.contentLocation);
  // Anna was heard first and has 400 Hz; the others follow in the order of their coming.
  const strongest = channels.map((samples) => [400, 500, 600, 700].filter((hz) => strength(samples, hz, 0, 500) > 0.5));
  expect(strongest).toEqual([[600], [700], [400], [500]]);
  const metadata = JSON.parse((await fetched(client, chunk.metadataLocation)).toString()) as object;
  expect(metadata).toMatchObject({
    recordingInfo: { channelType: 'unmixed', audioConfiguration: { channels: 4, bitRate: 4 * 256_000 } },
    participants: [
      { participantId: `4:${ANNA}`, channel: 2 },
      { participantId: '8:acs:a', channel: 3 },
      { participantId: '8:acs:b', channel: 0 },
      { participantId: '8:acs:c', channel: 1 },
    ],
  });
});

test('an unmixed WAV has five channels at most', async () => {
  const call = await stage.connected();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await call.addParticipant({ targetParticipant: { communicationUserId: `8:acs:${name}` } });
  }
  await stage.advance(200);
  const recordingId = await record(stage, call, { ...wav, recordingChannel: 'unmixed' });
  await stage.advance(100);
  const { recordingStorageInfo } = await stopped(stage, recordingId);

  const { channels } = await read(client, recordingStorageInfo.recordingChunks[0].contentLocation);
  expect(channels).toHaveLength(5);
});

test('a recording of hours is read anywhere without being rendered whole', async () => {
  const recordingId = await record(stage, await stage.connected(), wav);
  await stage.advance(3 * 3600 * 1000);
  const { recordingStorageInfo } = await stopped(stage, recordingId);

  const target = new URL(recordingStorageInfo.recordingChunks[0].contentLocation).pathname;
  const length = 44 + 3 * 3600 * RATE * 2;
  const response = await stage.send('GET', target, undefined, { range: `bytes=${length - 320}-` });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes ${length - 320}-${length - 1}/${length}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const samples = Float64Array.from({ length: 160 }, (_, index) => bytes.readInt16LE(index * 2));
  expect(strength(samples, 400, 0, 10)).toBeCloseTo(1, 2);
});
