/** Lists: order, pages, filters. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { newCallRecord } from '../../shared/calls/call.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { fromEntity, toEntity } from '../../shared/storage/document.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { dialIn } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('lists tables of its own, and nothing of other tests');

let board: Switchboard;
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const callerId = '+14255550100';
const calls: string[] = [];
const incoming: string[] = [];
let group: string;
const members = ['+14255550181', '+14255550182', '+14255550183', '+14255550184', '+14255550185'];

/** Five calls made one after the other, the second and the fourth refused by ACS; three that rang, the second answered. */
beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, TABLE_PREFIX: prefix, RING_WINDOW_SECONDS: '120' });
  for (let index = 0; index < 5; index += 1) {
    if (index % 2 === 1) await fault(board, 'createCall', { status: 400 });
    const key = randomUUID();
    await board.api(
      'POST',
      'calls',
      { targets: ['+14255550123'], callerId },
      { 'idempotency-key': key, prefer: 'wait=20' },
    );
    calls.unshift(key);
  }
  for (let index = 0; index < 3; index += 1) {
    incoming.unshift((await dialIn(board, { to: callerId })).incomingCallId);
  }
  await board.api('POST', `incoming-calls/${incoming[1]}/answer`, {}, { prefer: 'wait=20' });
  group = await connectedCall(board.api, members);
});
afterAll(() => board.close());

// biome-ignore lint/suspicious/noExplicitAny: items of any list.
type Page = { items: any[]; nextCursor?: string };

/** Every page of a list, until there is no cursor. */
async function pagesOf(path: string): Promise<Page[]> {
  const pages: Page[] = [];
  let next = path;
  for (;;) {
    const { status, body } = await board.api('GET', next);
    expect(status).toBe(200);
    pages.push(body);
    if (body.nextCursor === undefined) return pages;
    next = `${path}&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

const itemsOf = (pages: readonly Page[]) => pages.flatMap(({ items }) => items);

test('calls are listed newest first; one that rings is no call until it is answered', async () => {
  const ids = itemsOf(await pagesOf('calls?limit=200')).map(({ callId }) => callId);
  expect(ids).toEqual([group, incoming[1], ...calls]);
});

test('a call that is in the index only, as one deleted by retention, is not listed', async () => {
  const index = openCallIndex({ connectionString: inject('storage') }, prefix);
  await index.add(
    newCallRecord({ salt: 'salt', callId: randomUUID(), direction: 'outbound', createdAt: new Date().toISOString() }),
  );
  expect(itemsOf(await pagesOf('calls?limit=200')).map(({ callId }) => callId)).toEqual([group, incoming[1], ...calls]);
});

test.each([1, 2, 3, 7])('pages of %i hold every call once, in the same order', async (limit) => {
  const pages = await pagesOf(`calls?limit=${limit}`);
  expect(Math.max(...pages.map(({ items }) => items.length))).toBeLessThanOrEqual(limit);
  expect(itemsOf(pages).map(({ callId }) => callId)).toEqual([group, incoming[1], ...calls]);
});

test.each([1, 2, 50])('a filter by status finds every call of that status in pages of %i', async (limit) => {
  const failed = itemsOf(await pagesOf(`calls?status=failed&limit=${limit}`));
  expect(failed.map(({ callId, status }) => [callId, status])).toEqual([
    [calls[1], 'failed'],
    [calls[3], 'failed'],
  ]);
  expect(itemsOf(await pagesOf(`calls?status=connecting&limit=${limit}`))).toEqual([]);
});

test('incoming calls are listed newest first, by status, in pages', async () => {
  const all = itemsOf(await pagesOf('incoming-calls?limit=2'));
  expect(all.map(({ incomingCallId }) => incomingCallId)).toEqual(incoming);
  const answered = itemsOf(await pagesOf('incoming-calls?status=answered&limit=1'));
  expect(answered.map(({ incomingCallId, callId }) => [incomingCallId, callId])).toEqual([[incoming[1], incoming[1]]]);
});

test('participants come in pages, all of them once', async () => {
  const pages = await pagesOf(`calls/${group}/participants?limit=2`);
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1]);
  expect(
    itemsOf(pages)
      .map(({ participant }) => participant)
      .sort(),
  ).toEqual(members);
});

test('each participant in the list, and in the call, has the id that the roster gives', async () => {
  const { body: call } = await board.api('GET', `calls/${group}`);
  const ids = Object.fromEntries(
    call.roster.map((one: Record<string, string>) => [one.participant, one.participantId] as const),
  );
  const { body: list } = await board.api('GET', `calls/${group}/participants`);
  for (const { participant, participantId } of [...list.items, ...call.participants]) {
    expect(participantId).toBe(ids[participant]);
  }
  expect([list.items, call.participants].map(({ length }) => length)).toEqual([5, 5]);
});

test('a call whose row an earlier version wrote is shown, with participant ids that no other call has', async () => {
  const rows = TableClient.fromConnectionString(inject('storage'), `${prefix}calls`, {
    allowInsecureConnection: true,
  });
  const old = calls.slice(0, 2);
  for (const callId of old) {
    const {
      salt: _,
      recordings: __,
      ...record
    } = fromEntity<Record<string, unknown>>(await rows.getEntity(callId, 'call'));
    await rows.updateEntity(toEntity(callId, 'call', record), 'Replace');
  }
  const items = itemsOf(await pagesOf('calls?limit=200'));
  expect(items.map(({ callId }) => callId)).toEqual([group, incoming[1], ...calls]);
  const ids = items.filter(({ callId }) => old.includes(callId)).map(({ roster }) => roster[0].participantId);
  expect(new Set(ids).size).toBe(2);
  for (const [at, callId] of old.entries()) {
    const { status, body } = await board.api('GET', `calls/${callId}`);
    expect([status, body.roster[0].participantId]).toEqual([200, ids[at]]);
  }
});

test('the timeline of a call is in the order of time, whole or in pages', async () => {
  const wanted = ['requested', 'sent', 'event', 'settled'];
  const whole = await eventually(
    async () => itemsOf(await pagesOf(`calls/${group}/timeline?limit=200`)),
    (items) => wanted.every((kind) => items.some((entry) => entry.kind === kind)),
  );
  expect(itemsOf(await pagesOf(`calls/${group}/timeline?limit=1`))).toEqual(whole);
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted());
  expect(whole[0]).toMatchObject({ kind: 'requested', operation: 'createCall', operationId: group });
  expect(JSON.stringify(whole)).not.toContain('+1425');
});

test('the timeline of an incoming call starts with its IncomingCall event', async () => {
  const [first] = itemsOf(await pagesOf(`calls/${incoming[1]}/timeline?limit=200`));
  expect(first).toMatchObject({ kind: 'event', event: 'IncomingCall' });
});
