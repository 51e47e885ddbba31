/** What a real browser does with the content of a recording: parts of 8 MB, and a redirect to Blob Storage. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { container } from '../scenarios/recordings.ts';
import { archiveRecordingOf } from '../support/archived-recording.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

const PLAY = readFileSync(join(import.meta.dirname, 'play-audio.js'), 'utf8')
  .trim()
  .replace(/;$/, '');

const mebibyte = 1024 * 1024;
/** 32 MiB of 16 kHz: 1048.57 seconds. */
const fileBytes = 32 * mebibyte;
const durationSeconds = (fileBytes - 44) / 32_000;

let board: Switchboard;
let browser: Browser;
let recordingId: string;
let redirecting: Server;
/** The ranges that were answered, as `status content-range`. */
let answers: string[];
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

beforeAll(async () => {
  board = await startSwitchboard({ TABLE_PREFIX: prefix });
  const containerUrl = container(`${prefix}recordings`).url;
  recordingId = await archiveRecordingOf(fileBytes, { connectionString: inject('storage'), prefix, containerUrl });
  // Stands where the app redirects: Azurite's certificate is none that the browser trusts.
  redirecting = createServer((_, response) => {
    response.writeHead(302, { location: contentUrl(), 'cache-control': 'no-store' }).end();
  });
  redirecting.listen(0, '127.0.0.1');
  await once(redirecting, 'listening');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  redirecting.close();
  await board.close();
});

const contentUrl = () => `${board.url}/api/recordings/${recordingId}/content`;

/** A page that plays an address, from one time on and then from another. */
async function play(address: string, times: readonly number[]): Promise<readonly number[]> {
  answers = [];
  const page: Page = await browser.newPage();
  page.on('response', (response) => {
    if (response.url() === contentUrl()) {
      const { 'content-range': range = 'none' } = response.headers();
      answers.push(`${response.status()} ${range}`);
    }
  });
  await page.goto(`${board.url}/api/health`);
  const reached: number[] = await page.evaluate(`(${PLAY})(${JSON.stringify(address)}, ${JSON.stringify(times)})`);
  await page.close();
  return reached;
}

test('a browser plays a long recording in parts, and from any place', async () => {
  const [duration, ...positions] = await play(contentUrl(), [1000, 10, 500]);
  expect(duration).toBeCloseTo(durationSeconds, 1);
  expect(positions).toEqual([1000, 10, 500]);
  expect(answers[0]).toBe(`206 bytes 0-${8 * mebibyte - 1}/${fileBytes}`);
  expect(answers.every((answer) => answer.startsWith('206 '))).toBe(true);
});

test('a browser follows a redirect, and asks where it led for every part', async () => {
  const { port } = redirecting.address() as AddressInfo;
  const [duration, ...positions] = await play(`http://127.0.0.1:${port}/`, [1000, 10]);
  expect(duration).toBeCloseTo(durationSeconds, 1);
  expect(positions).toEqual([1000, 10]);
  expect(answers.length).toBeGreaterThan(1);
});
