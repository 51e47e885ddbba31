/** Events of recording files that are wrong, early or several: none of them loses a recording that runs. */
import { randomUUID } from 'node:crypto';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince } from '../support/wire.ts';
import {
  becomes,
  contentOf,
  deliver,
  fileEvent,
  record,
  runTimer,
  sha256,
  step,
  withArchiveTimer,
} from './recordings.ts';

const test = ownHostOnly('keeps its own archive and poison queue');

/** The topic of the emulator's events. */
const topic =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/local/providers/Microsoft.Communication/' +
  'communicationServices/acs-emulator';

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const queues = QueueServiceClient.fromConnectionString(inject('storage'));
const poison = queues.getQueueClient(`${prefix}recording-files-poison`);

beforeAll(async () => {
  board = await startSwitchboard(
    {
      ...withArchiveTimer,
      TABLE_PREFIX: prefix,
      ACS_EVENT_TOPIC: topic.toUpperCase(),
      RECORDING_RETRY_SECONDS: '1',
      ACS_TIMEOUT_SECONDS: '2',
    },
    { recordingChunkSeconds: 1 },
  );
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const statusOf = async (recordingId: string) => (await board.api('GET', `recordings/${recordingId}`)).body.status;

/** A recording that runs, with the ids by which ACS's events name it. */
async function running() {
  const { callId, recordingId } = await record(board);
  await eventually(
    () => board.api('GET', `recordings/${recordingId}`),
    ({ body }) => body.startedAt !== undefined,
  );
  const call = (await board.api('GET', `calls/${callId}`)).body;
  const { recordings } = (await board.emulator.control.get(`calls/${call.callConnectionId}`)) as {
    recordings: { recordingId: string }[];
  };
  return { callId, recordingId, acsRecordingId: String(recordings[0]?.recordingId), call };
}

type Running = Awaited<ReturnType<typeof running>>;

const host = 'https://us-api.asm.skype.com';
const chunkAt = (origin: string, index = 0) => ({
  documentId: `d-${index}`,
  index,
  endReason: 'SessionEnded',
  contentLocation: `${origin}/v1/objects/d-${index}/content/audio`,
  metadataLocation: `${origin}/v1/objects/d-${index}/content/acsmetadata`,
  deleteLocation: `${origin}/v1/objects/d-${index}`,
});

function eventOf({ acsRecordingId, call }: Pick<Running, 'acsRecordingId' | 'call'>, chunks: readonly object[]) {
  return {
    id: randomUUID(),
    topic,
    subject: `/recording/call/${call.correlationId}/serverCallId/${call.serverCallId}/recordingId/${acsRecordingId}`,
    eventType: 'Microsoft.Communication.RecordingFileStatusUpdated',
    eventTime: new Date().toISOString(),
    dataVersion: '1.0',
    metadataVersion: '1',
    data: { recordingStorageInfo: { recordingChunks: chunks }, recordingDurationMs: 1000 },
  };
}

const foreign = 'https://asm.skype.com.example.com';
const otherCall = {
  correlationId: randomUUID(),
  serverCallId: Buffer.from('https://other.example.com').toString('base64'),
};

/** Events that fail validation, each by one fault. */
const wrong: Readonly<Record<string, (of: Running) => object>> = {
  'another topic': (of) => ({ ...eventOf(of, [chunkAt(host)]), topic: `${topic}-other` }),
  'content at a foreign host': (of) => eventOf(of, [{ ...chunkAt(host), contentLocation: `${foreign}/c` }]),
  'metadata at a foreign host': (of) => eventOf(of, [{ ...chunkAt(host), metadataLocation: `${foreign}/m` }]),
  'a deletion at a foreign host': (of) => eventOf(of, [{ ...chunkAt(host), deleteLocation: `${foreign}/d` }]),
  'one foreign chunk of two': (of) => eventOf(of, [chunkAt(host), chunkAt(foreign, 1)]),
  'content over plain http': (of) =>
    eventOf(of, [{ ...chunkAt(host), contentLocation: 'http://us-api.asm.skype.com/c' }]),
  'the ids of another call': ({ acsRecordingId }) => eventOf({ acsRecordingId, call: otherCall }, [chunkAt(host)]),
  'another recording in its data': (of) => {
    const event = eventOf(of, [chunkAt(host)]);
    return { ...event, data: { ...event.data, recordingId: 'other' } };
  },
  'no chunks': (of) => eventOf(of, []),
  'a location that is no URL': (of) => eventOf(of, [{ ...chunkAt(host), contentLocation: 'x' }]),
  'no storage info': (of) => ({ ...eventOf(of, []), data: {} }),
  'no data': (of) => ({ ...eventOf(of, []), data: undefined }),
  'no recording in its subject': (of) => ({ ...eventOf(of, [chunkAt(host)]), subject: '/recording' }),
};

test.each(Object.entries(wrong))(
  'an event with %s is acknowledged and kept, and changes nothing: the recording runs, is stopped and archived',
  async (_, make) => {
    const one = await running();
    const before = (await board.api('GET', `recordings/${one.recordingId}`)).body;
    const event = make(one);
    const kept = await poisoned();
    expect(await deliver(board, event)).toBe(202);
    await eventually(poisoned, (count) => count === kept + 1);
    expect((await board.api('GET', `recordings/${one.recordingId}`)).body).toEqual(before);
    await step(board, one.recordingId, 'pause');
    await step(board, one.recordingId, 'resume');
    await step(board, one.recordingId, 'stop');
    await expectArchived(one.recordingId);
  },
);

async function poisoned(): Promise<number> {
  return (await poison.exists()) ? Number((await poison.getProperties()).approximateMessagesCount) : 0;
}

/** The archive has what it says of each file. */
async function expectArchived(recordingId: string, files?: number) {
  const { body } = await eventually(
    () => board.api('GET', `recordings/${recordingId}`),
    (answer) => answer.body.status === 'archived' && answer.body.files.length >= (files ?? 1),
  );
  for (const { chunk, sha256: digest } of body.files) {
    expect(sha256((await contentOf(board, recordingId, {}, `?chunk=${chunk}`)).bytes)).toBe(digest);
  }
  return body;
}

test('a recording that an early event ends is paused, resumed and stopped as long as ACS records', async () => {
  const one = await running();
  expect(await deliver(board, eventOf(one, [chunkAt(host)]))).toBe(202);
  await becomes(board, one.recordingId, 'stopped');
  await step(board, one.recordingId, 'pause');
  expect(await statusOf(one.recordingId)).toBe('paused');
  await step(board, one.recordingId, 'resume');
  expect(await statusOf(one.recordingId)).toBe('recording');
  await runTimer(board);
  expect(await statusOf(one.recordingId)).toBe('recording');
  await step(board, one.recordingId, 'stop');
  await expectArchived(one.recordingId);
});

test('the file of a later event replaces one that could not be read', async () => {
  const one = await running();
  await deliver(board, eventOf(one, [chunkAt(host)]));
  await eventually(
    () => board.api('GET', `recordings/${one.recordingId}`),
    ({ body }) => body.error?.code === 'contentRefused',
  );
  await step(board, one.recordingId, 'stop');
  expect((await expectArchived(one.recordingId)).error).toBeUndefined();
});

test('an event that cannot be queued fails its delivery, is not kept as invalid, and a redelivery archives its files', async () => {
  const since = await lastEntry(board);
  await fault(board, 'RecordingFileStatusUpdated', { dropEvent: true });
  const one = await running();
  await step(board, one.recordingId, 'stop');
  const event = await fileEvent(board, since);
  const kept = await poisoned();
  board.queues.onPass = ({ method, path }) => {
    if (method === 'POST' && path.includes(`${prefix}recording-files/`)) {
      throw new Error('the queue is unavailable');
    }
  };
  expect(await deliver(board, event)).toBe(500);
  board.queues.onPass = () => {};
  expect([await poisoned(), await statusOf(one.recordingId)]).toEqual([kept, 'stopped']);
  expect(await deliver(board, event)).toBe(202);
  await expectArchived(one.recordingId);
});

test('a second event with more chunks adds them to an archive that is whole, in any order and repeatedly', async () => {
  const since = await lastEntry(board);
  await fault(board, 'RecordingFileStatusUpdated', { dropEvent: true });
  const one = await running();
  await new Promise((resolve) => setTimeout(resolve, 2300));
  await step(board, one.recordingId, 'stop');
  const event = await fileEvent(board, since);
  const { recordingChunks: chunks } = event.data.recordingStorageInfo;
  expect(chunks.length).toBeGreaterThan(2);
  const part = (id: string, some: readonly object[]) => ({
    ...event,
    id,
    data: { ...event.data, recordingStorageInfo: { recordingChunks: some } },
  });
  const [last, first] = [part(randomUUID(), chunks.slice(2)), part(randomUUID(), chunks.slice(0, 2))];
  await deliver(board, last);
  expect((await expectArchived(one.recordingId)).files.map(({ chunk }: { chunk: number }) => chunk)).toEqual(
    chunks.slice(2).map(({ index }: { index: number }) => index),
  );
  for (const again of [first, last, first, event]) {
    expect(await deliver(board, again)).toBe(202);
  }
  const { files } = await expectArchived(one.recordingId, chunks.length);
  expect(files.map(({ chunk }: { chunk: number }) => chunk)).toEqual(
    chunks.map(({ index }: { index: number }) => index),
  );
});

test('a recording that outlives the leg of the app in its call is stopped', async () => {
  const people = ['8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000201', '+14255550123'];
  const callId = await connectedCall(board.api, people);
  const { recordingId } = await record(board, {}, callId);
  await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  await becomes(board, recordingId, 'stopped');
  await step(board, recordingId, 'stop');
  await expectArchived(recordingId);
});

test('a recording that is over at ACS as well refuses further steps, and one that ACS does not report on refuses none', async () => {
  const one = await running();
  await board.api('POST', `calls/${one.callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await becomes(board, one.recordingId, 'archived');
  const since = await lastEntry(board);
  const pause = () => board.api('POST', `recordings/${one.recordingId}/pause`);
  expect(problemIn(await pause()).problem).toBe('409 recordingNotRunning');
  const [asked, ...more] = (await requestsSince(board, since)).map(({ path = '' }) => path.split('?')[0]);
  expect([asked, more]).toEqual([`/calling/recordings/${one.acsRecordingId}`, []]);
  await fault(board, 'getRecordingProperties', { status: 403 });
  expect(problemIn(await pause()).problem).toBe('502 acsUnreachable');
});
