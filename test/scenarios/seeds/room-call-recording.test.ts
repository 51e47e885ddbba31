/** The quickstart on room calls: recording one, in every way that it shows. */
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { eventually, request } from '../../support/api.ts';
import { problemIn } from '../../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { withoutTimers } from '../../support/wire.ts';
import { connectedToRoom, done, hasEvents } from './acts.ts';

let board: Switchboard;
const container = BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient(`room${Date.now()}`);
const asShown = { content: 'audio', channel: 'unmixed', format: 'wav' };

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  await container.create();
});
afterAll(async () => {
  await board.close();
  await container.delete();
});

/** A recording of a room call, once ACS reports its start. */
async function recorded(options: object = {}) {
  const call = await connectedToRoom(board, {});
  const { result } = await done(board, 'POST', `${call}/recordings`, { ...asShown, ...options });
  await hasEvents(board, call, 'RecordingStateChanged');
  return { call, recording: `recordings/${result.recordingId}` };
}

const becomes = (recording: string, status: string) =>
  eventually(
    async () => (await board.api('GET', recording)).body,
    (recording) => recording.status === status,
  );

test('Call recording: started, paused, resumed and stopped, its file can be had', async () => {
  const { call, recording } = await recorded();
  expect(await becomes(recording, 'recording')).toMatchObject({ callId: call.slice('calls/'.length), ...asShown });
  await done(board, 'POST', `${recording}/pause`);
  await becomes(recording, 'paused');
  await done(board, 'POST', `${recording}/resume`);
  await becomes(recording, 'recording');
  await done(board, 'POST', `${recording}/stop`);
  await becomes(recording, 'archived');
  const content = await request(`${board.url}/api/${recording}/content`);
  expect(content.status).toBe(200);
  expect(
    Buffer.from(await content.arrayBuffer())
      .subarray(0, 4)
      .toString(),
  ).toBe('RIFF');
});

test("Call recording: into the user's own container", async () => {
  const { recording } = await recorded({ storage: { containerUrl: container.url } });
  await done(board, 'POST', `${recording}/stop`);
  await becomes(recording, 'archived');
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat()) {
    names.push(name);
  }
  expect(names).toContainEqual(expect.stringMatching(/\.wav$/));
});

test('Call recording: what does not fit its state is refused before ACS is asked', async () => {
  const { call, recording } = await recorded();
  expect(problemIn(await board.api('POST', `${call}/recordings`, asShown)).problem).toBe('409 recordingRunning');
  expect(problemIn(await board.api('POST', `${recording}/resume`)).problem).toBe('409 recordingNotPaused');
  await done(board, 'POST', `${recording}/stop`);
  expect(problemIn(await board.api('POST', `${recording}/pause`)).problem).toBe('409 recordingNotRunning');
});
