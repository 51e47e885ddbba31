/** Recordings that go to a container of the caller's, and what ACS is read for when an answer or an event was lost. */
import { randomUUID } from 'node:crypto';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince } from '../support/wire.ts';
import { archived, becomes, container, contentOf, record, runTimer, sha256, step } from './recordings.ts';

const test = ownHostOnly('starts the app with places of its own for recordings');

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const own = container(`own${prefix}`);
const account = /BlobEndpoint=([^;]+)/.exec(inject('storage'))?.[1] ?? '';

beforeAll(async () => {
  await own.create();
  const settings = { TABLE_PREFIX: prefix, RECORDING_LOST_SECONDS: '1', ACS_TIMEOUT_SECONDS: '2' };
  board = await startSwitchboard({
    'AzureWebJobs.housekeeping.Disabled': 'true',
    ...settings,
    RECORDINGS_CONTAINER_URL: `${account}/${prefix.toLowerCase()}recordings/kept`,
  });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const inOwnContainer = () => ({ storage: { containerUrl: `${own.url}/calls/` } });

async function ownFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of own.listBlobsFlat({ prefix: folder })) {
    names.push(name);
  }
  return names;
}

test('a recording in a container of the caller is archived from there, and its files stay there', async () => {
  const { recordingId, operationId } = await record(board, inOwnContainer());
  await step(board, recordingId, 'stop');
  const { body } = await becomes(board, recordingId, 'archived');
  const { bytes } = await contentOf(board, recordingId);
  expect(body.files[0].sha256).toBe(sha256(bytes));
  expect((await archived(prefix, recordingId)).every((name) => name.startsWith('kept/'))).toBe(true);
  const files = await ownFiles(`calls/${operationId}/`);
  expect(files).toHaveLength(2);

  const since = await lastEntry(board);
  await board.api('DELETE', `recordings/${recordingId}`);
  expect(await requestsSince(board, since)).toEqual([]);
  expect(await archived(prefix, recordingId)).toEqual([]);
  expect(await ownFiles(`calls/${operationId}/`)).toEqual(files);
});

test('files in a container of the caller are found without their event', async () => {
  await fault(board, 'RecordingFileStatusUpdated', { dropEvent: true });
  const { recordingId, operationId } = await record(board, inOwnContainer());
  await step(board, recordingId, 'stop');
  await eventually(
    () => ownFiles(`calls/${operationId}/`),
    (files) => files.length === 2,
  );
  const { body } = await eventually(
    async () => {
      await runTimer(board);
      return board.api('GET', `recordings/${recordingId}`);
    },
    (answer) => answer.body.status === 'archived',
  );
  expect(body.files).toMatchObject([{ chunk: 0, durationMilliseconds: expect.any(Number) }]);
});

/** The answer of a step is lost although ACS took it. */
async function lose(recordingId: string, operation: string, name: string): Promise<void> {
  await fault(board, operation, { dropResponse: true }, 100);
  const { body } = await board.api('POST', `recordings/${recordingId}/${name}`);
  expect(body.status).not.toBe('succeeded');
  await board.emulator.control.delete('faults');
}

const statusOf = async (recordingId: string) => (await board.api('GET', `recordings/${recordingId}`)).body.status;

async function isDoubted(callId: string, states: number): Promise<void> {
  await eventually(
    () => board.api('GET', `calls/${callId}/timeline?limit=200`),
    ({ body }) =>
      body.items.filter(({ event }: { event?: string }) => event === 'RecordingStateChanged').length >= states,
  );
}

test('a pause and a resume whose answers were lost are learned from ACS', async () => {
  const { callId, recordingId } = await record(board);
  await lose(recordingId, 'pauseRecording', 'pause');
  await isDoubted(callId, 3);
  await runTimer(board);
  await becomes(board, recordingId, 'paused');
  await lose(recordingId, 'resumeRecording', 'resume');
  await isDoubted(callId, 4);
  await runTimer(board);
  await becomes(board, recordingId, 'recording');
});

test('a step is left to ACS while the ledger and the events disagree', async () => {
  const { callId, recordingId } = await record(board);
  await lose(recordingId, 'pauseRecording', 'pause');
  await isDoubted(callId, 3);
  expect(await statusOf(recordingId)).toBe('recording');
  await step(board, recordingId, 'resume');
  await step(board, recordingId, 'stop');
});

test('a recording that another client stopped is learned from ACS, which does not answer at first', async () => {
  await fault(board, 'RecordingFileStatusUpdated', { dropEvent: true });
  const { callId, recordingId } = await record(board);
  await stopElsewhere(callId);
  await isDoubted(callId, 3);
  await fault(board, 'getRecordingProperties', { status: 403 });
  await runTimer(board);
  await eventually(
    async () => (await board.emulator.control.get('faults')) as { faults: { match: string; used: number }[] },
    ({ faults }) => faults.some(({ match, used }) => match === 'getRecordingProperties' && used === 1),
  );
  expect(await statusOf(recordingId)).toBe('recording');
  await runTimer(board);
  await becomes(board, recordingId, 'stopped');
});

/** Stops the recording of a call without the app. */
async function stopElsewhere(callId: string): Promise<void> {
  const { callConnectionId } = (await board.api('GET', `calls/${callId}`)).body;
  const { recordings } = (await board.emulator.control.get(`calls/${callConnectionId}`)) as {
    recordings: { recordingId: string }[];
  };
  const acs = new CallAutomationClient(board.emulator.connectionString, { allowInsecureConnection: true });
  await acs.getCallRecording().stop(recordings[0]?.recordingId ?? '');
}

test('a call whose server call id is unknown is recorded by its connection', async () => {
  await fault(board, 'CallConnected', { dropEvent: true });
  await fault(board, 'ParticipantsUpdated', { dropEvent: true }, 100);
  const { body } = await board.api('POST', 'calls', { targets: ['+14255550123'], callerId: '+14255550100' });
  await eventually(
    async () => {
      await runTimer(board, 'reconciliation');
      return board.api('GET', `calls/${body.callId}`);
    },
    (call) => call.body.status === 'connected',
  );
  const since = await lastEntry(board);
  await record(board, {}, body.callId);
  const { callConnectionId } = (await board.api('GET', `calls/${body.callId}`)).body;
  const asked = (await requestsSince(board, since)).find(({ path }) => path?.startsWith('/calling/recordings'));
  expect(asked?.body).toMatchObject({ callConnectionId });
  expect(asked?.body).not.toHaveProperty('callLocator');
});

test('a recording whose start was not answered is known by its events', async () => {
  const callId = await connectedCall(board.api);
  await fault(board, 'startRecording', { dropResponse: true }, 100);
  await board.api('POST', `calls/${callId}/recordings`, {});
  await board.emulator.control.delete('faults');
  const { items } = await eventually(
    async () => (await board.api('GET', `recordings?callId=${callId}`)).body,
    (list) => list.items.length === 1,
  );
  const [{ recordingId }] = items;
  expect(items[0]).toMatchObject({ status: 'recording', callId });
  expect(items[0]).not.toHaveProperty('format');
  expect(problemIn(await board.api('POST', `calls/${callId}/recordings`, {})).problem).toBe('409 recordingRunning');
  await step(board, recordingId, 'stop');
  expect((await becomes(board, recordingId, 'archived')).body).toMatchObject({ format: 'wav', content: 'audio' });
});
