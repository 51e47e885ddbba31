/** Recordings into containers that are not there, and the channels of those who speak. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { WaveFile } from 'wavefile';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault } from '../support/wire.ts';
import {
  archived,
  becomes,
  container,
  contentOf,
  record,
  runTimer,
  sha256,
  step,
  textOf,
  withArchiveTimer,
} from './recordings.ts';

const test = ownHostOnly('has containers and an archive of its own');

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

beforeAll(async () => {
  const settings = { TABLE_PREFIX: prefix, RECORDING_CONTAINER_SECONDS: '1' };
  board = await startSwitchboard({ ...withArchiveTimer, ...settings });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const missing = () => container(`gone${randomUUID()}`);

test.each([
  ['is not there', async () => missing()],
  [
    'is deleted while it is recorded',
    async () => {
      const own = missing();
      await own.create();
      return own;
    },
  ],
])('a recording into a container that %s fails with the reason, and its files are saved', async (_, make) => {
  const own = await make();
  const { recordingId } = await record(board, { storage: { containerUrl: own.url } });
  await own.deleteIfExists();
  await step(board, recordingId, 'stop');
  const { body } = await becomes(board, recordingId, 'failed');
  expect(body.error).toEqual({
    code: 'containerNotWritten',
    message: expect.stringContaining('Storage Blob Data Contributor'),
  });
  const { status, bytes } = await contentOf(board, recordingId);
  expect([status, sha256(bytes)]).toEqual([200, body.files[0].sha256]);
  expect(await own.exists()).toBe(false);
});

test('a recording into a container that is not there fails in minutes though no event reports it', async () => {
  await fault(board, 'RecordingFileStatusUpdated', { dropEvent: true });
  const { recordingId } = await record(board, { storage: { containerUrl: missing().url } });
  await step(board, recordingId, 'stop');
  const { body } = await eventually(
    async () => {
      await runTimer(board);
      return board.api('GET', `recordings/${recordingId}`);
    },
    (answer) => answer.body.status === 'failed',
  );
  expect(body.error).toEqual({ code: 'containerNotFound', message: expect.any(String) });
});

test('the sound of each speaker is on the channel that the recording and its manifest say', async () => {
  const user = (id: string) => `8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000${id}`;
  const [anna, ben] = [user('301'), user('302')];
  const callId = await connectedCall(board.api, [anna, ben]);
  const channelAffinity = [{ participant: anna, channel: 2 }];
  const { recordingId } = await record(board, { channel: 'unmixed', channelAffinity }, callId);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await board.api('POST', `calls/${callId}/participants/mute`, { participant: ben }, { prefer: 'wait=20' });
  await new Promise((resolve) => setTimeout(resolve, 600));
  await step(board, recordingId, 'stop');
  const { body } = await becomes(board, recordingId, 'archived');
  const { channels } = body.files[0];
  expect(channels).toHaveLength(2);
  const channelOf = (who: string) =>
    channels.find(({ participant }: { participant: string }) => participant === who)?.channel;
  expect([channelOf(anna), channelOf(ben)]).toEqual([2, 0]);

  const { bytes } = await contentOf(board, recordingId);
  const samples = new WaveFile(bytes).getSamples() as unknown as Float64Array[];
  const isLoud = (who: string, from: number, until: number) => {
    const sound = samples[channelOf(who)] ?? new Float64Array();
    return sound.slice(sound.length * from, sound.length * until).some((sample) => Math.abs(sample) > 1000);
  };
  expect([isLoud(anna, 0, 0.2), isLoud(ben, 0, 0.2)]).toEqual([true, true]);
  expect([isLoud(anna, 0.8, 1), isLoud(ben, 0.8, 1)]).toEqual([true, false]);
  expect(samples[1]?.some((sample) => sample !== 0)).toBe(false);

  const names = await archived(prefix, recordingId);
  const manifest = JSON.parse(await textOf(prefix, names.find((name) => name.endsWith('manifest.json')) ?? ''));
  expect(manifest.files[0].channels).toEqual(channels);
});
