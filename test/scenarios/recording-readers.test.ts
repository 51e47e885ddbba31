/** Readers of content that stop reading or go away: nothing is produced for them, and they are not logged as succeeded. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { eventually } from '../support/api.ts';
import { archiveRecordingOf } from '../support/archived-recording.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { hostKey } from '../support/target.ts';
import { container, contentOf } from './recordings.ts';

const test = ownHostOnly('has an archive of its own, and reads the log of its own host');

const mebibyte = 1024 * 1024;
const fileBytes = 32 * mebibyte;
/** How long a client may take nothing: longer than all readers of a test take to start. */
const readerSeconds = 8;

let board: Switchboard;
let recordingId: string;
const log: string[] = [];
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

beforeAll(async () => {
  const settings = { TABLE_PREFIX: prefix, RECORDING_READER_SECONDS: String(readerSeconds) };
  board = await startSwitchboard(settings, {}, (line) => log.push(line));
  const containerUrl = container(`${prefix}recordings`).url;
  recordingId = await archiveRecordingOf(fileBytes, { connectionString: inject('storage'), prefix, containerUrl });
});
afterAll(() => board.close());

/** A request whose answer is not read. */
async function unread(): Promise<IncomingMessage> {
  const headers = { ...(hostKey !== undefined && { 'x-functions-key': hostKey }) };
  const asked = request(`${board.url}/api/recordings/${recordingId}/content`, { headers, agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer;
}

/** Azure's host logs the reason in a line of its own. */
const executed = () => log.filter((line) => /Executed '(Functions\.)?getRecordingContent'/.test(line));
const hasLogged = (reason: RegExp) =>
  eventually(
    async () => log.some((line) => reason.test(line)),
    (is) => is,
  );

test('a file is answered whole without a range, and with a range in parts of at most 8 MB', async () => {
  const whole = await contentOf(board, recordingId);
  expect([whole.status, whole.bytes.length]).toEqual([200, fileBytes]);
  const parts: Buffer[] = [];
  for (let next = 0; next < fileBytes; next += 8 * mebibyte) {
    const { status, headers, bytes } = await contentOf(board, recordingId, { range: `bytes=${next}-` });
    expect([status, headers.get('content-range')]).toEqual([
      206,
      `bytes ${next}-${next + 8 * mebibyte - 1}/${fileBytes}`,
    ]);
    parts.push(bytes);
  }
  expect(Buffer.concat(parts).equals(whole.bytes)).toBe(true);
  // A host logs a while later; the next test reads its own lines.
  await eventually(
    async () => executed().length,
    (count) => count === 1 + parts.length,
  );
});

test('readers that stopped reading take memory of a few buffers each, and are cut off without having succeeded', async () => {
  log.length = 0;
  const before = process.memoryUsage.rss();
  const readers: IncomingMessage[] = [];
  // A busy machine opens a few at a time: twenty at once may be 503 there.
  while (readers.length < 20) {
    readers.push(...(await Promise.all(Array.from({ length: 4 }, () => unread()))));
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const grownMiB = (process.memoryUsage.rss() - before) / mebibyte;
  // The app, its host, and the readers with what their sockets hold, unless another host runs in a process of its own.
  expect(grownMiB).toBeLessThan(20 * 8);
  await eventually(
    async () => executed().length,
    (count) => count === readers.length,
  );
  expect(executed().filter((line) => line.includes('Succeeded'))).toEqual([]);
  await hasLogged(new RegExp(`The client took nothing for ${readerSeconds} s after \\d+ bytes`));
  for (const reader of readers) {
    reader.destroy();
  }
});

test('a reader that goes away is not logged as succeeded', async () => {
  log.length = 0;
  const reader = await unread();
  await once(reader, 'readable');
  reader.destroy();
  await eventually(
    async () => executed().length,
    (count) => count === 1,
  );
  // Azure's host ends the invocation before the app does, in words of its own.
  await hasLogged(/The client closed the connection after \d+ bytes|ResponseBodyCanceled/);
});
