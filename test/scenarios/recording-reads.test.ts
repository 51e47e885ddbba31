/** What is read and deleted of recordings, through the front door. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince } from '../support/wire.ts';
import { archived, becomes, contentOf, record, sha256, step, stopped, withArchiveTimer } from './recordings.ts';

const test = ownHostOnly('lists recordings of its own, and nothing of other tests');

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

beforeAll(async () => {
  board = await startSwitchboard({ ...withArchiveTimer, TABLE_PREFIX: prefix });
});
afterAll(() => board.close());

test('recordings are listed newest first, by call and by status, page by page', async () => {
  const { callId, recordingId: first } = await record(board);
  await step(board, first, 'stop');
  const { recordingId: second } = await record(board, {}, callId);
  const list = async (query: string) => (await board.api('GET', `recordings?${query}`)).body;
  const idsOf = ({ items }: { items: { recordingId: string }[] }) => items.map(({ recordingId }) => recordingId);
  expect(idsOf(await list(`callId=${callId.toUpperCase()}`))).toEqual([second, first]);
  expect(idsOf(await list(`callId=${callId}&status=recording`))).toEqual([second]);
  expect(idsOf(await list(`callId=${randomUUID()}`))).toEqual([]);
  const page = await list(`callId=${callId}&limit=1`);
  expect(idsOf(page)).toEqual([second]);
  expect(await list(`callId=${callId}&limit=1&cursor=${page.nextCursor}`)).toMatchObject({
    items: [{ recordingId: first }],
  });
  expect(idsOf(await list('limit=2'))).toEqual([second, first]);
  expect(idsOf(await list('limit=1&status=recording'))).toEqual([second]);
  expect(problemIn(await board.api('GET', 'recordings?status=lost&callId=x'))).toEqual({
    problem: '422 invalidInput',
    fields: ['callId', 'status'],
  });
});

test('content is answered whole or in the part that is asked for', async () => {
  const recordingId = await stopped(board);
  expect(problemIn(await board.api('GET', `recordings/${recordingId}/content`)).problem).toBe('404 recordingNotReady');
  await becomes(board, recordingId, 'archived');
  const whole = await contentOf(board, recordingId);
  const length = whole.bytes.length;
  const etag = whole.headers.get('etag') ?? '';
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(etag).toBe(`"${sha256(whole.bytes)}"`);

  const part = await contentOf(board, recordingId, { range: 'bytes=4-13' });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 4-13/${length}`);
  expect(part.bytes.equals(whole.bytes.subarray(4, 14))).toBe(true);
  const tail = await contentOf(board, recordingId, { range: 'bytes=-5', 'if-range': etag });
  expect(tail.bytes.equals(whole.bytes.subarray(length - 5))).toBe(true);
  expect((await contentOf(board, recordingId, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);

  const beyond = await contentOf(board, recordingId, { range: `bytes=${length}-` });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('content-range')).toBe(`bytes */${length}`);
  expect((await contentOf(board, recordingId, {}, '?chunk=1')).status).toBe(404);
  expect((await contentOf(board, recordingId, {}, '?chunk=first')).status).toBe(422);
});

test('an archived recording is deleted here and at ACS, and stays deleted', async () => {
  const recordingId = await stopped(board);
  await becomes(board, recordingId, 'archived');
  const since = await lastEntry(board);
  expect(await board.api('DELETE', `recordings/${recordingId}`)).toMatchObject({
    status: 200,
    body: { name: 'deleteRecording', status: 'succeeded' },
  });
  expect((await requestsSince(board, since)).map(({ path = '' }) => path.split('/')[1])).toEqual(['v1']);
  expect(await archived(prefix, recordingId)).toEqual([]);
  for (const path of ['', '/content']) {
    expect(problemIn(await board.api('GET', `recordings/${recordingId}${path}`)).problem).toBe('410 recordingDeleted');
  }
  expect(problemIn(await board.api('DELETE', `recordings/${recordingId}`)).problem).toBe('410 recordingDeleted');
  const { items } = (await board.api('GET', 'recordings?limit=200')).body;
  expect(items.map((item: { recordingId: string }) => item.recordingId)).not.toContain(recordingId);
});

test('a recording that is deleted before its files are there is deleted at ACS when they come', async () => {
  const recordingId = await stopped(board);
  await board.api('DELETE', `recordings/${recordingId}`);
  const since = await lastEntry(board);
  await eventually(
    () => requestsSince(board, since),
    (requests) => requests.some(({ path }) => path?.startsWith('/v1/objects/')),
  );
  expect(await archived(prefix, recordingId)).toEqual([]);
});
