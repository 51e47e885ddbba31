/** Cursors of lists: one continues the list that gave it, under the same filters, and any other is refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { connectedCall, guest, ringingCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

let board: Switchboard;
let callId: string;
const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000181';
const ids = ['one', 'two', 'three'];

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  callId = await connectedCall(board.api, [guest, user]);
  await connectedCall(board.api);
  await Promise.all([ringingCall(board), ringingCall(board)]);
  for (const id of ids) {
    await board.api('PUT', `routing-rules/${id}`, { priority: 1, enabled: false, action: { kind: 'leave' } });
  }
});
afterAll(() => board.close());

const shapeOf = (schema: object): object => ('shape' in schema ? Object(schema.shape) : {});

/** Every list, also those whose parameters are in the body. */
const lists = endpoints.filter(({ query, body }) => [query, body].some((one) => one && 'cursor' in shapeOf(one)));
const pathOf = (path: string) => path.replace('{callId}', callId).replace('{webhookId}', 'notifyUrl');
const read = (path: string, query: object) => board.api('GET', `${pathOf(path)}?${new URLSearchParams({ ...query })}`);
/** The same list under a cursor, by the method that it has. */
const continued = ({ method, path }: Endpoint, cursor: string) =>
  method === 'GET' ? read(path, { cursor }) : board.api(method, pathOf(path), { cursor });

/** What no list gave: of every form, as text and encoded as cursors are. */
const foreign = [
  '',
  '.',
  'x',
  'null',
  '-5',
  '1e9',
  "'or 1 eq 1",
  'timeline:\u0000',
  'open:',
  '🙂',
  '/\\#?%',
  'x'.repeat(2000),
];
const encoded = foreign.map((text) => Buffer.from(text).toString('base64url'));

test.each(lists)('$name refuses a cursor that no list gave', async (list) => {
  for (const cursor of [...foreign, ...encoded, ...encoded.map((text) => `${text}.${text}`)]) {
    const { problem, fields } = problemIn(await continued(list, cursor));
    expect({ cursor, problem, fields }).toEqual({ cursor, problem: '422 invalidInput', fields: ['cursor'] });
  }
});

/** Lists that have two items and more here. */
const filled = ['listCalls', 'getTimeline', 'listParticipants', 'getBuiltInSequences', 'listRoutingRules'];

test.each(filled)('a cursor of %s continues it, whatever the limit, and no other list', async (name) => {
  const { path } = lists.find((one) => one.name === name) ?? { path: '' };
  const [whole, first] = [await read(path, {}), await read(path, { limit: 1 })];
  const cursor = first.body.nextCursor;
  const rest = await read(path, { cursor, limit: 100 });
  expect([...first.body.items, ...rest.body.items]).toEqual(whole.body.items);
  expect(rest.body.nextCursor).toBeUndefined();
  for (const other of lists.filter((one) => one.name !== name)) {
    expect(problemIn(await continued(other, cursor)).fields).toEqual(['cursor']);
  }
  for (const changed of [cursor.slice(0, -1), cursor.slice(1), `${cursor}x`, cursor.replace('.', '')]) {
    expect(problemIn(await read(path, { cursor: changed })).fields).toEqual(['cursor']);
  }
});

test('a cursor is valid under the filters that it was given with', async () => {
  const { nextCursor: cursor } = (await read('calls', { limit: 1, status: 'connected' })).body;
  expect((await read('calls', { cursor, status: 'connected' })).status).toBe(200);
  expect(problemIn(await read('calls', { cursor })).fields).toEqual(['cursor']);
  expect(problemIn(await read('calls', { cursor, status: 'failed' })).fields).toEqual(['cursor']);
  expect(problemIn(await read('calls', { cursor, status: 'busy', limit: 0 })).fields).toEqual(
    expect.arrayContaining(['status', 'limit']),
  );
});

test('a cursor of one call is refused for another', async () => {
  const { nextCursor: cursor } = (await read('calls/{callId}/timeline', { limit: 1 })).body;
  const other = await connectedCall(board.api);
  expect(problemIn(await read(`calls/${other}/timeline`, { cursor })).fields).toEqual(['cursor']);
});

test.each(['calls', 'incoming-calls'])(
  'a cursor of a search for %s continues it only with the same body',
  async (path) => {
    const { body } = await board.api('POST', `${path}/search`, { limit: 1 });
    const cursor = body.nextCursor;
    const rest = await board.api('POST', `${path}/search`, { cursor });
    expect([rest.status, rest.body.items?.length > 0]).toEqual([200, true]);
    for (const [other, sent] of [
      [path === 'calls' ? 'incoming-calls/search' : 'calls/search', { cursor }],
      [`${path}/search`, { cursor, order: 'oldest' }],
      [`${path}/search`, { cursor: cursor.slice(1) }],
    ] as const) {
      expect(problemIn(await board.api('POST', other, sent)).fields).toEqual(['cursor']);
    }
  },
);
