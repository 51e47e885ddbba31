/** A recording from its start to the archive, through the front door. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { WaveFile } from 'wavefile';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince } from '../support/wire.ts';
import {
  archived,
  becomes,
  contentOf,
  record,
  runTimer,
  sha256,
  step,
  textOf,
  withArchiveTimer,
} from './recordings.ts';

const test = ownHostOnly('looks into an archive of its own');

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

beforeAll(async () => {
  board = await startSwitchboard({ ...withArchiveTimer, TABLE_PREFIX: prefix });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a recording is started, paused, resumed and stopped, archived with its manifest, and played back', async () => {
  const { callId, recordingId, operationId } = await record(board, { format: 'wav' });
  expect((await board.api('GET', `recordings/${recordingId}`)).body).toMatchObject({
    recordingId,
    callId,
    status: 'recording',
    content: 'audio',
    channel: 'mixed',
    format: 'wav',
    files: [],
  });
  await pause(300);
  await step(board, recordingId, 'pause');
  expect((await board.api('GET', `recordings/${recordingId}`)).body).toMatchObject({
    status: 'paused',
    pauses: [{ from: expect.any(String) }],
  });
  await pause(300);
  await step(board, recordingId, 'resume');
  await step(board, recordingId, 'stop');
  expect((await board.api('GET', `recordings/${recordingId}`)).body).toMatchObject({
    status: 'stopped',
    startedAt: expect.any(String),
    stoppedAt: expect.any(String),
    pauses: [{ from: expect.any(String), to: expect.any(String) }],
  });

  const { body } = await becomes(board, recordingId, 'archived');
  const { status, headers, bytes } = await contentOf(board, recordingId);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('audio/wav');
  expect(body.files).toEqual([
    {
      chunk: 0,
      contentType: 'audio/wav',
      lengthBytes: bytes.length,
      sha256: sha256(bytes),
      startedAt: body.startedAt,
      durationMilliseconds: body.durationMilliseconds,
    },
  ]);
  const wave = new WaveFile(bytes);
  const { sampleRate } = wave.fmt as { sampleRate: number };
  expect(Math.round((wave.getSamples(true).length / sampleRate) * 1000)).toBe(body.durationMilliseconds);

  const day = body.createdAt.slice(0, 10).replaceAll('-', '/');
  const folder = `${day}/${callId}/${recordingId}/`;
  expect(await archived(prefix, recordingId)).toEqual(
    ['chunk-0.metadata.json', 'chunk-0.wav', 'manifest.json'].map((name) => `${folder}${name}`),
  );
  const manifest = JSON.parse(await textOf(prefix, `${folder}manifest.json`));
  const metadata = await textOf(prefix, `${folder}chunk-0.metadata.json`);
  expect(manifest).toMatchObject({
    recordingId,
    callId,
    format: 'wav',
    files: [
      {
        name: 'chunk-0.wav',
        sha256: sha256(bytes),
        lengthBytes: bytes.length,
        metadata: { name: 'chunk-0.metadata.json', sha256: sha256(Buffer.from(metadata)) },
      },
    ],
  });
  const [interval] = JSON.parse(metadata).pauseResumeIntervals;
  expect(manifest.pauses).toHaveLength(1);
  expect(Date.parse(manifest.pauses[0].to) - Date.parse(manifest.pauses[0].from)).toBe(interval.duration);

  const { items } = (await board.api('GET', `calls/${callId}/timeline`)).body;
  expect(items.filter(({ event }: { event?: string }) => event === 'RecordingFileStatusUpdated')).toHaveLength(1);
  expect((await board.api('GET', `operations/${operationId}`)).body.status).toBe('succeeded');
});

test('a second start while a recording runs is refused by the recording that runs, before ACS is asked', async () => {
  const { callId, recordingId, operationId } = await record(board);
  const since = await lastEntry(board);
  const again = await board.api('POST', `calls/${callId}/recordings`, {});
  expect(again).toMatchObject({ status: 409, body: { code: 'recordingRunning', blockingOperationId: operationId } });
  expect(again.body.detail).toContain(recordingId);
  await step(board, recordingId, 'pause');
  expect(problemIn(await board.api('POST', `calls/${callId}/recordings`, {})).problem).toBe('409 recordingRunning');
  expect((await requestsSince(board, since)).map(({ path }) => path)).toHaveLength(1);
  await step(board, recordingId, 'stop');
  await record(board, {}, callId);
});

test('a step that is out of place is refused by name, before ACS is asked', async () => {
  const { recordingId } = await record(board);
  const refused = async (name: string, method = 'POST') => {
    const path = name === '' ? `recordings/${recordingId}` : `recordings/${recordingId}/${name}`;
    return problemIn(await board.api(method, path)).problem;
  };
  expect(await refused('resume')).toBe('409 recordingNotPaused');
  expect(await refused('', 'DELETE')).toBe('409 recordingNotStopped');
  await step(board, recordingId, 'pause');
  expect(await refused('pause')).toBe('409 recordingNotRunning');
  await step(board, recordingId, 'stop');
  const since = await lastEntry(board);
  expect(await refused('pause')).toBe('409 recordingNotRunning');
  expect(await refused('resume')).toBe('409 recordingNotPaused');
  expect(await refused('stop')).toBe('409 recordingNotRunning');
  const asked = (await requestsSince(board, since)).filter(({ path }) => path?.startsWith('/calling/'));
  expect(asked).toEqual([]);
});

test('a recording ends with its call, and is archived', async () => {
  const { callId, recordingId } = await record(board);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  expect(problemIn(await board.api('POST', `recordings/${recordingId}/pause`)).problem).toBe('409 recordingNotRunning');
  await becomes(board, recordingId, 'archived');
});

test('a stop of a recording that ACS has ended already has what it wanted', async () => {
  const { recordingId } = await record(board);
  await fault(board, 'stopRecording', { status: 404 });
  await step(board, recordingId, 'stop');
  expect((await board.api('GET', `recordings/${recordingId}`)).body.status).toBe('stopped');
});

test('a recording that starts paused has no sound until it is resumed; one that never is has no file', async () => {
  const { recordingId } = await record(board, { pauseOnStart: true });
  expect((await board.api('GET', `recordings/${recordingId}`)).body.status).toBe('paused');
  await step(board, recordingId, 'stop');
  await runTimer(board);
  expect((await becomes(board, recordingId, 'failed')).body.error.code).toBe('nothingRecorded');
});

test('what ACS is asked names content, channel, format, the call, the callback and the channels of participants', async () => {
  const target = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';
  const callId = await connectedCall(board.api, [target]);
  const since = await lastEntry(board);
  await record(board, { channel: 'unmixed', channelAffinity: [{ participant: target, channel: 2 }] }, callId);
  const [asked] = await requestsSince(board, since);
  const { serverCallId } = (await board.api('GET', `calls/${callId}`)).body;
  expect(asked?.body).toEqual({
    callLocator: { kind: 'serverCallLocator', serverCallId },
    recordingStateCallbackUri: `${board.url}/api/callbacks/${callId}`,
    recordingContentType: 'audio',
    recordingChannelType: 'unmixed',
    recordingFormatType: 'wav',
    pauseOnStart: false,
    channelAffinity: [{ channel: 2, participant: expect.objectContaining({ rawId: target }) }],
  });
});

test('a call of others is recorded by its locator', async () => {
  const group = randomUUID();
  const { body } = await board.api(
    'POST',
    'calls/connect',
    { locator: { kind: 'group', id: group } },
    { prefer: 'wait=20' },
  );
  const since = await lastEntry(board);
  await record(board, { locator: { kind: 'group', id: group } }, body.callId);
  const [asked] = await requestsSince(board, since);
  expect(asked?.body.callLocator).toEqual({ kind: 'groupCallLocator', groupCallId: group });
});

test('a recording that ACS fails to start says so', async () => {
  const callId = await connectedCall(board.api);
  await fault(board, 'startRecording', { fail: { code: 500, subCode: 9999, message: 'set by the test' } });
  const { recordingId } = await record(board, {}, callId);
  const { body } = await becomes(board, recordingId, 'failed');
  expect(body.error).toEqual({ code: 'startRecordingFailed', message: 'set by the test' });
  await record(board, {}, callId);
});
