/** The files of recordings as the real SDK fetches and deletes them: ranges, metadata, chunks, faults, their one day. */

import type { CallAutomationClient } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, type Stage, setStage } from '../stage.ts';
import { awaitFiles, type FileStatus, fetched, record, stopped } from './recorder.ts';

let stage: Stage;
let client: CallAutomationClient;
beforeAll(async () => {
  stage = await setStage({ recordingChunkSeconds: 10 });
  client = stage.client;
});
beforeEach(async () => {
  await stage.clear();
  await awaitFiles(stage);
});
afterAll(() => stage.close());

/** A WAV of that many seconds; 32,000 bytes are one second. */
async function recorded(seconds: number): Promise<FileStatus> {
  const recordingId = await record(stage, await stage.connected(), { recordingFormat: 'wav' });
  await stage.advance(seconds * 1000);
  return await stopped(stage, recordingId);
}

const firstChunk = ({ recordingStorageInfo }: FileStatus) => recordingStorageInfo.recordingChunks[0];

/** With what the SDK's download or deletion rejects. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'none',
    (error: unknown) => error,
  );
}

test('the SDK downloads the whole file, a part of it, and all from an offset on', async () => {
  const { contentLocation } = firstChunk(await recorded(1));
  const whole = await fetched(client, contentLocation);
  expect(whole).toHaveLength(44 + 32_000);
  expect(whole.subarray(0, 4).toString()).toBe('RIFF');

  expect(await fetched(client, contentLocation, { offset: 40, length: 1001 })).toEqual(whole.subarray(40, 1041));
  expect(await fetched(client, contentLocation, { offset: 31_999 })).toEqual(whole.subarray(31_999));
  expect(await fetched(client, contentLocation, { offset: 32_000, length: 9999 })).toEqual(whole.subarray(32_000));
});

test.for([
  ['bytes=0-9', 206, 'bytes 0-9/32044', 10],
  ['bytes=-4', 206, 'bytes 32040-32043/32044', 4],
  ['bytes=32044-', 416, 'bytes */32044', 0],
  ['bytes=9-3', 200, 'bytes 0-32043/32044', 32_044],
  ['bytes=0-1,4-5', 200, 'bytes 0-32043/32044', 32_044],
  ['seconds=1-2', 200, 'bytes 0-32043/32044', 32_044],
] as const)('Range %s is answered %d with %s', async ([range, status, contentRange, length]) => {
  const target = new URL(firstChunk(await recorded(1)).contentLocation).pathname;
  const response = await stage.send('GET', target, undefined, { range });

  expect(response.status).toBe(status);
  expect(response.headers.get('content-range')).toBe(contentRange);
  expect(await response.arrayBuffer()).toHaveProperty('byteLength', length);
});

test('a file has media and metadata, and nothing else', async () => {
  const { pathname } = new URL(firstChunk(await recorded(1)).deleteLocation);
  const statuses = await Promise.all(
    ['video', 'audio', 'acsmetadata', 'thumbnail'].map(
      async (view) => (await stage.send('GET', `${pathname}/content/${view}`)).status,
    ),
  );

  expect(statuses).toEqual([200, 200, 200, 404]);
});

test('without a good signature nothing is answered', async () => {
  const { pathname } = new URL(firstChunk(await recorded(1)).contentLocation);
  const unsigned = await fetch(`${stage.emulator.url}${pathname}`);

  expect(unsigned.status).toBe(401);
});

test('the metadata has the chunk, its pauses, its format and who was in it', async () => {
  const recordings = stage.client.getCallRecording();
  const call = await stage.connected();
  const { correlationId } = await call.getCallConnectionProperties();
  const recordingId = await record(stage, call, { recordingFormat: 'wav' });
  await stage.advance(400);
  await recordings.pause(recordingId);
  await stage.advance(250);
  await recordings.resume(recordingId);
  await stage.advance(350);
  const { documentId, metadataLocation } = firstChunk(await stopped(stage, recordingId));

  const metadata: unknown = JSON.parse((await fetched(client, metadataLocation)).toString());
  expect(metadata).toEqual({
    resourceId: 'ac5e0000-0000-4000-8000-00000000e001',
    callId: correlationId,
    chunkDocumentId: documentId,
    chunkIndex: 0,
    chunkStartTime: '2026-01-01T00:00:00.200Z',
    chunkDuration: 1000,
    pauseResumeIntervals: [{ startTime: '2026-01-01T00:00:00.600Z', duration: 250 }],
    recordingInfo: {
      contentType: 'audio',
      channelType: 'mixed',
      format: 'wav',
      audioConfiguration: { sampleRate: 16_000, bitRate: 256_000, channels: 1 },
    },
    participants: [{ participantId: `4:${ANNA}` }],
  });
});

test('a long recording has several chunks, each with its file and its metadata', async () => {
  const { recordingStorageInfo, recordingDurationMs } = await recorded(25);
  const chunks = recordingStorageInfo.recordingChunks;

  expect(recordingDurationMs).toBe(25_000);
  expect(chunks.map(({ index, endReason }) => [index, endReason])).toEqual([
    [0, 'ChunkMaximumSizeExceeded'],
    [1, 'ChunkMaximumSizeExceeded'],
    [2, 'SessionEnded'],
  ]);
  const lengths = await Promise.all(
    chunks.map(async ({ contentLocation }) => (await fetched(client, contentLocation)).length),
  );
  expect(lengths).toEqual([320_044, 320_044, 160_044]);
  const metadata = await Promise.all(
    chunks.map(
      async ({ metadataLocation }) => JSON.parse((await fetched(client, metadataLocation)).toString()) as object,
    ),
  );
  expect(metadata).toMatchObject([
    { chunkIndex: 0, chunkStartTime: '2026-01-01T00:00:00.200Z', chunkDuration: 10_000 },
    { chunkIndex: 1, chunkStartTime: '2026-01-01T00:00:10.200Z', chunkDuration: 10_000 },
    { chunkIndex: 2, chunkStartTime: '2026-01-01T00:00:20.200Z', chunkDuration: 5000 },
  ]);
});

test('a deleted file is gone with its metadata, and cannot be deleted again', async () => {
  const { contentLocation, metadataLocation, deleteLocation } = firstChunk(await recorded(1));
  await client.getCallRecording().delete(deleteLocation);

  const gone = { status: 404, message: expect.stringContaining('no such file') };
  for (const location of [contentLocation, metadataLocation]) {
    expect(await failure(fetched(client, location))).toEqual(gone);
  }
  expect(await failure(client.getCallRecording().delete(deleteLocation))).toEqual(gone);
});

test('a file lives for 24 hours', async () => {
  const { contentLocation } = firstChunk(await recorded(1));
  await stage.advance(24 * 3600 * 1000 - 1);
  expect(await fetched(client, contentLocation)).toHaveLength(32_044);

  await stage.advance(1);
  expect(await failure(fetched(client, contentLocation))).toMatchObject({ status: 404 });
});

const fault = (action: object) =>
  stage.emulator.control.post('faults', { match: 'downloadRecording', do: action, times: 1 });

test('faults answer an empty file, a web page or a refusal in place of the media, once', async () => {
  const { contentLocation, metadataLocation } = firstChunk(await recorded(1));
  const target = new URL(contentLocation).pathname;

  await fault({ emptyRecording: true });
  await fetched(client, metadataLocation);
  expect(await fetched(client, contentLocation)).toHaveLength(0);
  await fault({ htmlRecording: true });
  const page = await stage.send('GET', target);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toMatch(/^<!DOCTYPE html>/);
  await fault({ status: 503, retryAfter: 2 });
  const refusal = await stage.send('GET', target);
  expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([503, '2']);

  expect(await fetched(client, contentLocation)).toHaveLength(32_044);
});

test('faults of content match downloadRecording only', async () => {
  for (const match of ['createCall', 'CallConnected']) {
    const setting = stage.emulator.control.post('faults', { match, do: { emptyRecording: true } });
    await expect(setting).rejects.toMatchObject({ status: 400 });
  }
});

test('a fault of deleteRecording leaves the file', async () => {
  const { contentLocation, deleteLocation } = firstChunk(await recorded(1));
  await stage.emulator.control.post('faults', { match: 'deleteRecording', do: { status: 500 }, times: 1 });
  expect(await failure(client.getCallRecording().delete(deleteLocation))).not.toBe('none');

  expect(await fetched(client, contentLocation)).toHaveLength(32_044);
});

test('chunks are whole seconds up to four hours', async () => {
  for (const recordingChunkSeconds of [0, 1.5, 14_401]) {
    await expect(setStage({ recordingChunkSeconds })).rejects.toThrow('from 1 to 14400');
  }
});
