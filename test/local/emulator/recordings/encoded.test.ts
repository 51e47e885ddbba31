/** MP3 and MP4 files as a browser decodes them: their length, their tones, their silence, and the picture. */

import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallAutomationClient, StartRecordingOptions } from '@azure/communication-call-automation';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { type Stage, setStage } from '../stage.ts';
import { awaitFiles, type FileStatus, fetched, record, stopped } from './recorder.ts';

let stage: Stage;
let client: CallAutomationClient;
let browser: Browser;
let page: Page;
// Encoding and decoding take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
beforeAll(async () => {
  stage = await setStage();
  client = stage.client;
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.addScriptTag({ path: 'test/local/emulator/recordings/decode.js' });
});
beforeEach(async () => {
  await stage.clear();
  await awaitFiles(stage);
});
// The last test closes the stage.
afterAll(() => browser.close());

interface DecodedSound {
  readonly seconds: number;
  readonly channels: number;
  readonly windows: { readonly loudness: number; readonly tones: readonly [number, number] }[];
}

interface DecodedVideo {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly brightest: number;
}

/** Two seconds of sound, one of a pause, one and a half of sound again. */
async function recorded(options: StartRecordingOptions): Promise<FileStatus> {
  const recordings = stage.client.getCallRecording();
  const recordingId = await record(stage, await stage.connected(), options);
  await stage.advance(2000);
  await recordings.pause(recordingId);
  await stage.advance(1000);
  await recordings.resume(recordingId);
  await stage.advance(1500);
  return await stopped(stage, recordingId);
}

const contentOf = (status: FileStatus) =>
  fetched(client, status.recordingStorageInfo.recordingChunks[0].contentLocation);

/** Encoders put up to two of their frames before the sound. */
const DELAY_SECONDS = 0.15;

test.for([
  ['MP3', { recordingContent: 'audio', recordingFormat: 'mp3' }, 'Mp3'],
  ['MP4', { recordingContent: 'audioVideo', recordingFormat: 'mp4' }, 'Mp4'],
] as const)('an %s has the length of the recording, its tone, and its silence', async ([, options, format]) => {
  const status = await recorded(options);
  expect(status).toMatchObject({ recordingFormatType: format, recordingDurationMs: 4500 });
  const content = await contentOf(status);
  const sound = await page.evaluate<DecodedSound>(
    `decodeSound(${JSON.stringify(content.toString('base64'))}, [400, 500])`,
  );

  expect(sound.channels).toBe(1);
  expect(sound.seconds).toBeGreaterThanOrEqual(4.5);
  expect(sound.seconds).toBeLessThan(4.5 + DELAY_SECONDS);
  const between = (from: number, until: number) => sound.windows.slice(from * 10, until * 10);
  for (const {
    tones: [own, other],
  } of [...between(0.2, 1.9), ...between(3.2, 4.4)]) {
    expect(own).toBeGreaterThan(0.07);
    expect(other).toBeLessThan(0.01);
  }
  for (const { loudness } of between(2.2, 2.9)) {
    expect(loudness).toBeLessThan(0.002);
  }
});

test('an MP4 has a black picture from the start to the end', async () => {
  const content = await contentOf(await recorded({}));
  const base64 = JSON.stringify(content.toString('base64'));
  const [first, last] = [0.1, 4.2].map((at) => page.evaluate<DecodedVideo>(`decodeVideo(${base64}, ${at})`));

  for (const video of [await first, await last]) {
    expect(video).toMatchObject({ width: 1920, height: 1080 });
    expect(video?.seconds).toBeGreaterThanOrEqual(4.5);
    expect(video?.seconds).toBeLessThan(4.5 + DELAY_SECONDS);
    expect(video?.brightest).toBeLessThan(16);
  }
});

test('a part of an encoded file is the same part of the whole', async () => {
  const status = await recorded({ recordingFormat: 'mp3' });
  const whole = await contentOf(status);
  const [{ contentLocation }] = status.recordingStorageInfo.recordingChunks;

  expect(await fetched(client, contentLocation, { offset: 100, length: 5000 })).toEqual(whole.subarray(100, 5100));
});

test('what was written to disk goes with the file, with a reset, and with the emulator', async () => {
  // A folder for temporary files that no other program uses.
  const directory = mkdtempSync(join(tmpdir(), 'encoded-'));
  vi.stubEnv('TMPDIR', directory);
  const files = () =>
    readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const recordedFile = async () => {
    const status = await recorded({ recordingFormat: 'mp3' });
    await contentOf(status);
    expect(files()).toHaveLength(1);
    return status.recordingStorageInfo.recordingChunks[0];
  };

  const { deleteLocation } = await recordedFile();
  await client.getCallRecording().delete(deleteLocation);
  expect(files()).toEqual([]);
  await recordedFile();
  await stage.clear();
  expect(readdirSync(directory)).toEqual([]);
  await awaitFiles(stage);
  await recordedFile();
  await stage.close();
  expect(readdirSync(directory)).toEqual([]);
});
