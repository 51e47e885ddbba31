/** What goes wrong between the end of a recording and its archive; in the end there is one archive, or a definite reason. */
import { randomUUID } from 'node:crypto';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { eventually } from '../support/api.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { entriesSince, fault, lastEntry, timesDone } from '../support/wire.ts';
import {
  archived,
  becomes,
  contentOf,
  deliver,
  fileEvent,
  record,
  runTimer,
  sha256,
  step,
  stopped,
  textOf,
  withArchiveTimer,
} from './recordings.ts';

const test = ownHostOnly('looks into an archive of its own, of an emulator with files of one second');

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const queues = QueueServiceClient.fromConnectionString(inject('storage'));
const poison = queues.getQueueClient(`${prefix}recording-files-poison`);

beforeAll(async () => {
  const settings = {
    TABLE_PREFIX: prefix,
    RECORDING_RETRY_SECONDS: '0',
    RECORDING_TIMEOUT_SECONDS: '6',
    RECORDING_LOST_SECONDS: '0',
    RECORDING_DELETE_AT_ACS: 'true',
    ACS_TIMEOUT_SECONDS: '2',
  };
  board = await startSwitchboard({ ...withArchiveTimer, ...settings }, { recordingChunkSeconds: 1 });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));
afterEach(() => {
  board.acs.onPass = () => {};
});

/** One whole archive and nothing besides: each file is what the recording and the manifest say of it. */
async function expectWhole(recordingId: string): Promise<void> {
  const { body } = await becomes(board, recordingId, 'archived');
  const names = await archived(prefix, recordingId);
  const manifest = JSON.parse(await textOf(prefix, names.at(-1) ?? ''));
  expect(names).toHaveLength(body.files.length * 2 + 1);
  for (const { chunk, sha256: digest, lengthBytes } of body.files) {
    const { bytes } = await contentOf(board, recordingId, {}, `?chunk=${chunk}`);
    expect({ lengthBytes: bytes.length, digest: sha256(bytes) }).toEqual({ lengthBytes, digest });
    expect(manifest.files[chunk]).toMatchObject({ chunk, sha256: digest, lengthBytes });
  }
  expect(body.error).toBeUndefined();
}

test('a recording of several files is archived with all of them, and deleted at ACS once it is', async () => {
  const { recordingId } = await record(board);
  await new Promise((resolve) => setTimeout(resolve, 1300));
  const since = await lastEntry(board);
  await step(board, recordingId, 'stop');
  await expectWhole(recordingId);
  expect((await board.api('GET', `recordings/${recordingId}`)).body.files.length).toBeGreaterThan(1);
  const { data } = await fileEvent(board, since);
  const { length } = data.recordingStorageInfo.recordingChunks;
  await eventually(
    () => timesDone(board, 'deleteRecording', since),
    (times) => times === length,
  );
  expect(problemIn(await board.api('GET', `recordings/${recordingId}/content?chunk=99`)).problem).toBe(
    '404 recordingChunkNotFound',
  );
});

test.each([
  ['an empty file', { emptyRecording: true }, 1, 'contentEmpty'],
  ['a page in its place', { htmlRecording: true }, 1, 'contentNotRecording'],
  ['a 503 that lasts', { status: 503, retryAfter: 0 }, 4, 'contentRefused'],
  ['a 404', { status: 404 }, 1, 'contentRefused'],
])('%s is not archived, but the file that comes at the next attempt is', async (_, action, times, code) => {
  const seen: string[] = [];
  board.acs.onPass = async ({ path }) => {
    if (path.startsWith('/v1/objects/')) {
      const { body } = await board.api('GET', `recordings/${recordingId}`);
      seen.push(body.error?.code);
    }
  };
  await fault(board, 'downloadRecording', action, times);
  const recordingId = await stopped(board);
  await expectWhole(recordingId);
  expect(seen).toContain(code);
});

test('a file that breaks off, or of which nothing more comes, is not archived before it came whole', async () => {
  let asked = 0;
  board.acs.onPass = async ({ path }, moment) => {
    asked += moment === 'answer' && path.includes('/content/audio') ? 1 : 0;
    if (asked === 1 && moment === 'answer') {
      asked += 1;
      throw new Error('cut');
    }
  };
  const recordingId = await stopped(board);
  await expectWhole(recordingId);
});

test('an event that comes twice, or again after the archive is whole, changes nothing', async () => {
  const since = await lastEntry(board);
  await fault(board, 'RecordingFileStatusUpdated', { duplicateEvent: true });
  const recordingId = await stopped(board);
  await expectWhole(recordingId);
  const before = await board.api('GET', `recordings/${recordingId}`);
  expect(await deliver(board, await fileEvent(board, since))).toBe(202);
  await quiet();
  expect((await board.api('GET', `recordings/${recordingId}`)).body).toEqual(before.body);
  await expectWhole(recordingId);
});

test('files that ACS keeps refusing end in a recording that has failed, and the message is kept', async () => {
  await fault(board, 'downloadRecording', { status: 403 }, 1000);
  const recordingId = await stopped(board);
  const { body } = await becomes(board, recordingId, 'failed');
  expect(body.error).toEqual({ code: 'contentRefused', message: 'The service answered 403 for a file.' });
  const { receivedMessageItems } = await poison.receiveMessages({ numberOfMessages: 32 });
  const messages = receivedMessageItems.map(({ messageText }) =>
    JSON.parse(Buffer.from(messageText, 'base64').toString()),
  );
  expect(messages.map((message) => message.recordingId)).toContain(recordingId);

  await board.emulator.control.delete('faults');
  await queues.getQueueClient(`${prefix}recording-files`).sendMessage(receivedMessageItems[0]?.messageText ?? '');
  await expectWhole(recordingId);
});

test('a recording whose files are never reported fails, and is archived if they are after all', async () => {
  const since = await lastEntry(board);
  await fault(board, 'RecordingFileStatusUpdated', { dropEvent: true });
  const recordingId = await stopped(board);
  const event = await fileEvent(board, since);
  await runTimer(board);
  expect((await board.api('GET', `recordings/${recordingId}`)).body.status).toBe('stopped');
  await eventually(
    async () => {
      await runTimer(board);
      return board.api('GET', `recordings/${recordingId}`);
    },
    ({ body }) => body.error?.code === 'fileEventMissing',
  );
  expect(await deliver(board, { ...event, eventTime: new Date().toISOString() })).toBe(202);
  await expectWhole(recordingId);
});

test('files of a recording that this app did not start are left alone', async () => {
  const event = { ...(await anEvent()), subject: '/recording/call/x/serverCallId/y/recordingId/of-another-app' };
  const since = await lastEntry(board);
  expect(await deliver(board, event)).toBe(202);
  await quiet();
  expect((await entriesSince(board, since)).filter(({ kind }) => kind === 'request')).toEqual([]);
});

/** Any event of files that was sent. */
async function anEvent(): Promise<object> {
  return fileEvent(board);
}

/** Waits until the queue is empty and nothing of it is at work. */
async function quiet(): Promise<void> {
  const queue = queues.getQueueClient(`${prefix}recording-files`);
  await eventually(
    () => queue.getProperties(),
    ({ approximateMessagesCount }) => approximateMessagesCount === 0,
  );
}
