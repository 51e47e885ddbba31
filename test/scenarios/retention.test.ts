/** Calls that ended long ago are removed with all that leads to them; what is in the archive stays. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { aCall } from '../shared/calls/stories.ts';
import { eventually } from '../support/api.ts';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { quiet } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { archived, becomes, runTimer } from './recordings.ts';

const test = ownHostOnly('has calls of its own be over since a month');

const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const storage = { connectionString: inject('storage') };
const index = openCallIndex(storage, prefix);
const calls = openCalls(storage, prefix);
const log: string[] = [];
let board: Switchboard;

beforeAll(async () => {
  const settings = { TABLE_PREFIX: prefix, RETENTION_DAYS: '30', RECORDING_RETRY_SECONDS: '0' };
  board = await startSwitchboard(settings, {}, (line) => log.push(line));
});
afterAll(() => board.close());

const run = (timer: 'housekeeping' | 'reconciliation') => runTimer(board, timer);

/** Has housekeeping put away all calls that are over; a run that goes on would undo what a test does to their rows. */
async function allPutAway(): Promise<void> {
  await eventually(
    async () => {
      await run('housekeeping');
      await quiet(board.storage);
      return index.listOpen(100, undefined);
    },
    ({ items }) => items.length === 0,
  );
}

/** Has a call be over since a number of days, as the index of housekeeping says. */
async function endedDaysAgo(callId: string, days: number): Promise<void> {
  const [known] = (await index.listOver(100)).filter((over) => over.callId === callId);
  const overSince = new Date(Date.now() - days * 86_400_000).toISOString();
  await index.reopen(aCall({ callId, createdAt: String(known?.createdAt) }), overSince);
  const record = (await calls.readCall(callId))?.record ?? aCall();
  await index.close({ ...record, endedAt: overSince }, known?.terms ?? []);
}

/** A call with a recording in the archive, which was hung up. */
async function aWholeCall() {
  const callId = await connectedCall(board.api);
  const played = await board.api('POST', `calls/${callId}/media/play`, { sources: [{ text: 'Hi.' }] });
  const { body } = await board.api('POST', `calls/${callId}/recordings`, { format: 'wav' });
  const { recordingId } = body.result;
  await board.api('POST', `recordings/${recordingId}/stop`);
  await becomes(board, recordingId, 'archived');
  await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  const paths = [
    `calls/${callId}`,
    `calls/${callId}/timeline`,
    `operations/${callId}`,
    `operations/${played.body.operationId}`,
    `recordings/${recordingId}`,
    `recordings/${recordingId}/content`,
  ];
  return { callId, recordingId, paths };
}

const statuses = async (paths: readonly string[]) =>
  Promise.all(paths.map(async (path) => (await board.api('GET', path)).status));

test('a call that ended longer ago than calls are kept is removed, and a younger one is not', async () => {
  const [old, young] = [await aWholeCall(), await aWholeCall()];
  const incomingCallId = await ringingCall(board);
  await board.api('POST', `incoming-calls/${incomingCallId}/reject`, { reason: 'busy' });
  await allPutAway();
  await endedDaysAgo(old.callId, 31);
  await endedDaysAgo(young.callId, 29);
  await endedDaysAgo(incomingCallId, 31);
  expect(new Set(await statuses([...old.paths, ...young.paths]))).toEqual(new Set([200]));

  await run('reconciliation');
  const gone = [...old.paths, `incoming-calls/${incomingCallId}`];
  await eventually(
    () => statuses(gone),
    (all) => all.every((status) => status === 404),
  );
  expect(new Set(await statuses(young.paths))).toEqual(new Set([200]));
  const { body: calls } = await board.api('GET', 'calls');
  expect(calls.items.map(({ callId }: { callId: string }) => callId)).toEqual([young.callId]);
  const { body: recordings } = await board.api('GET', 'recordings');
  expect(recordings.items.map(({ recordingId }: { recordingId: string }) => recordingId)).toEqual([young.recordingId]);
  expect((await board.api('GET', 'incoming-calls')).body.items).toEqual([]);
  expect(await archived(prefix, old.recordingId)).toHaveLength(3);
  const counted = /Expired rows removed .*"calls":2/;
  await expect.poll(() => log.some((line) => counted.test(line))).toBe(true);
});
