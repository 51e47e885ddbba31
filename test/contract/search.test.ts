/** Lists of calls find each call by each of their filters, alone and together, by GET and by POST. */
import { afterAll, beforeAll, expect } from 'vitest';
import { type CallListName, callLists } from '../../shared/calls/facets.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall } from '../support/calls.ts';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('lists tables of its own, and nothing of other tests');

// biome-ignore lint/suspicious/noExplicitAny: items of any list.
type Item = any;

const lists = {
  calls: { path: 'calls', id: 'callId', time: 'createdAt', after: 'createdAfter', before: 'createdBefore' },
  incomingCalls: {
    path: 'incoming-calls',
    id: 'incomingCallId',
    time: 'receivedAt',
    after: 'receivedAfter',
    before: 'receivedBefore',
  },
} as const satisfies Record<CallListName, object>;
const names = Object.keys(lists) as CallListName[];

/** The values by which an item is found, where the facet is no member of its own. */
const valuesOf = (item: Item, facet: string): readonly string[] =>
  facet === 'participant'
    ? item.roster.map(({ participant }: Item) => participant)
    : [item[facet]].flat().filter((value) => value !== undefined);

let board: Switchboard;
/** Every line of the host's log. */
const log: string[] = [];
const guests = ['+14255550171', '+14255550172'];

/** Calls of every direction and end, and calls that rang. */
beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, RING_WINDOW_SECONDS: '120' }, {}, (line) => log.push(line));
  await connectedCall(board.api, guests, { context: 'order 7' });
  const ended = await connectedCall(board.api, ['+14255550173']);
  await board.api('POST', `calls/${ended}/hang-up`, {}, { prefer: 'wait=20' });
  await fault(board, 'createCall', { status: 400 });
  await board.api('POST', 'calls', { targets: guests, callerId });
  const answered = await dialIn(board, { to: callerId });
  const rejected = await dialIn(board, { to: '+14255550199' });
  await dialIn(board, { from: answered.from, to: callerId });
  await board.api('POST', `incoming-calls/${answered.incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  await board.api('POST', `incoming-calls/${rejected.incomingCallId}/reject`, { reason: 'busy' });
  await becomes(board, rejected.incomingCallId, 'rejected');
});
afterAll(() => board.close());

const search = async (name: CallListName, filters: Readonly<Record<string, string>>): Promise<Item[]> => {
  const { status, body } = await board.api('GET', `${lists[name].path}?${new URLSearchParams(filters)}`);
  expect(status).toBe(200);
  return body.items;
};

/** What a search finds once the index has followed. */
const found = (name: CallListName, filters: Readonly<Record<string, string>>, wanted: readonly string[]) =>
  eventually(
    async () => (await search(name, filters)).map((item) => item[lists[name].id]),
    (ids) => ids.join() === wanted.join(),
  );

const facets = names.flatMap((name) => Object.keys(callLists[name].facets).map((facet) => [name, facet] as const));

test.each(facets)('%s are found by %s, and no others', async (name, facet) => {
  const all = await search(name, {});
  const values = new Set(all.flatMap((item) => valuesOf(item, facet)));
  expect(values.size).toBeGreaterThan(0);
  for (const value of values) {
    const wanted = all.filter((item) => valuesOf(item, facet).includes(value)).map((item) => item[lists[name].id]);
    await found(name, { [facet]: value }, wanted);
  }
});

test.each(names)('several filters of %s find what matches each of them, and nothing else', async (name) => {
  const all = await search(name, {});
  const facetsOf = Object.keys(callLists[name].facets);
  const valuesIn = (facet: string) => [...new Set(all.flatMap((item) => valuesOf(item, facet)))];
  const pairs = facetsOf.flatMap((facet) =>
    valuesIn(facet).flatMap((value) => valuesIn('status').map((status) => ({ status, [facet]: value }))),
  );
  const whole = facetsOf.flatMap((facet) =>
    valuesOf(all[0], facet)
      .slice(0, 1)
      .map((value) => [facet, value] as const),
  );
  let empty = 0;
  for (const filters of [...pairs, Object.fromEntries(whole)]) {
    const isWanted = (item: Item) =>
      Object.entries(filters).every(([facet, value]) => valuesOf(item, facet).includes(value));
    const wanted = all.filter(isWanted).map((item) => item[lists[name].id]);
    empty += Number(wanted.length === 0);
    await found(name, filters, wanted);
  }
  expect(empty).toBeGreaterThan(0);
});

test.each(names)('%s come newest first, or oldest first, and within a period', async (name) => {
  const { id, time, after, before } = lists[name];
  const newest = await search(name, {});
  const ids = newest.map((item) => item[id]);
  await found(name, { order: 'oldest' }, ids.toReversed());
  const [second] = newest.slice(1);
  await found(name, { [after]: second[time] }, ids.slice(0, 1));
  await found(name, { [before]: second[time] }, ids.slice(2));
  await found(name, { [before]: second[time], order: 'oldest' }, ids.slice(2).toReversed());
  await found(name, { [after]: newest.at(-1)[time], [before]: newest[0][time] }, ids.slice(1, -1));
  expect(await search(name, { [after]: '2100-01-01T00:00:00+14:00' })).toEqual([]);
});

test.each(names)('a search for %s by POST finds the same, page by page', async (name) => {
  const { path, id } = lists[name];
  const [{ from }] = await search(name, {});
  const filters = name === 'calls' ? { participant: from } : { from };
  const wanted = (await search(name, filters)).map((item) => item[id]);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await board.api('POST', `${path}/search`, { ...filters, limit: 1, cursor });
    expect(status).toBe(200);
    ids.push(...body.items.map((item: Item) => item[id]));
    cursor = body.nextCursor;
  } while (cursor !== undefined);
  expect(ids).toEqual(wanted);
});

test('a + that a client has not encoded is none the less one', async () => {
  const { status, body } = await board.api('GET', `calls?participant=${guests[0]}`);
  expect([status, body.items.length > 0]).toEqual([200, true]);
});

test.each([
  ['participant=someone', ['participant']],
  ['from=1425', ['from']],
  ['status=busy&order=random', ['order', 'status']],
  ['createdAfter=yesterday&createdBefore=12', ['createdAfter', 'createdBefore']],
  ['callConnectionId=', ['callConnectionId']],
])('a search by %s is refused with what is wrong', async (query, fields) => {
  const refused = problemIn(await board.api('GET', `calls?${query}`));
  expect([refused.problem, [...refused.fields].sort()]).toEqual(['422 invalidInput', fields]);
  const body = Object.fromEntries(new URLSearchParams(query));
  expect([...problemIn(await board.api('POST', 'calls/search', body)).fields].sort()).toEqual(fields);
});

test('no number that was searched for is in a log or in the URL of a request to storage, and ACS is not asked', async () => {
  board.storage.take();
  const since = await lastEntry(board);
  await search('calls', { participant: guests[0] ?? '' });
  await board.api('POST', 'calls/search', { to: guests[1] });
  const urls = board.storage.take().map(({ path }) => decodeURIComponent(path));
  expect(urls.length).toBeGreaterThan(0);
  expect(log.some((line) => line.includes("Executed 'searchCalls'"))).toBe(true);
  expect([...urls, ...log].filter((text) => text.includes('1425555017'))).toEqual([]);
  expect(await requestsSince(board, since)).toEqual([]);
});

test('a member of a search that is of the wrong type is refused by its name', async () => {
  const refused = problemIn(
    await board.api('POST', 'calls/search', { participant: 5, to: [], status: null, cursor: 1 }),
  );
  expect([refused.problem, [...refused.fields].sort()]).toEqual([
    '422 invalidInput',
    ['cursor', 'participant', 'status', 'to'],
  ]);
});

test('a call rings for the ring window and is stale afterwards, whatever period is asked for besides', async () => {
  const ringing = async (period: Readonly<Record<string, string>>) =>
    (await search('incomingCalls', { status: 'ringing', ...period })).length;
  const [long, just] = ['2020-01-01T00:00:00Z', new Date(Date.now() + 3_600_000).toISOString()];
  expect([await ringing({}), await ringing({ receivedAfter: long }), await ringing({ receivedAfter: just })]).toEqual([
    1, 1, 0,
  ]);
  for (const period of [{}, { receivedBefore: long }, { receivedBefore: just }]) {
    expect(await search('incomingCalls', { status: 'stale', ...period })).toEqual([]);
  }
});
