/** Errors that a request has before its target is read: type, size, JSON, fields, headers, query. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { hostKey } from '../support/target.ts';
import { requestsSince, withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

let board: Switchboard;
let callId: string;
const call = { targets: ['+14255550123'], callerId: '+14255550100' };
const taken = { ...call, targets: ['+14255550124'] };
const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';
const tooLarge = JSON.stringify({ ...call, context: 'x'.repeat(256 * 1024) });

beforeAll(async () => {
  board = await published(await startSwitchboard(withoutTimers));
  callId = await connectedCall(board.api, [user]);
});
afterAll(() => board.close());

/** Sends a body as a stream, without saying how long it is. */
async function sendChunked(path: string, body: string, headers: Record<string, string>) {
  const response = await request(`${board.url}/api/${path}`, {
    method: 'POST',
    headers,
    body: Readable.toWeb(Readable.from([Buffer.from(body)])) as ReadableStream,
    duplex: 'half',
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const json = { 'content-type': 'application/json' };
const hostKeyHeader = hostKey === undefined ? {} : { 'x-functions-key': hostKey };

test.each([
  ['that is cut off', '{"targets": [', '400 invalidJson'],
  ['that is no JSON at all', 'targets=1', '400 invalidJson'],
  ['that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), '400 invalidJson'],
  ['that is an array', '[]', '422 invalidInput'],
  ['that is null', 'null', '422 invalidInput'],
  ['that is a number', '7', '422 invalidInput'],
  ['that is too large', tooLarge, '413 bodyTooLarge'],
])('a body %s is refused', async (_, body, expected) => {
  const response = await request(`${board.url}/api/calls`, { method: 'POST', headers: json, body });
  const { headers, status } = response;
  expect(problemIn({ headers, status, body: await response.json() }).problem).toBe(expected);
});

test('a body that is too large and sent in chunks is refused as well', async () => {
  expect(problemIn(await sendChunked('calls', tooLarge, json)).problem).toBe('413 bodyTooLarge');
});

test('a body without end is refused as soon as it is too large, while it still arrives', async () => {
  const sent = httpRequest(`${board.url}/api/calls`, { method: 'POST', headers: { ...hostKeyHeader, ...json } });
  let sentBytes = 0;
  const sending = setInterval(() => {
    sentBytes += 16_384;
    sent.write('x'.repeat(16_384));
  }, 5);
  sent.on('error', () => {});
  const [answer] = await once(sent, 'response');
  clearInterval(sending);
  sent.destroy();
  expect(answer.statusCode).toBe(413);
  expect(sentBytes).toBeGreaterThan(256 * 1024);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'text/json', ''])(
  'content type "%s" is refused, whatever the body',
  async (type) => {
    const headers = { 'content-type': type };
    expect(problemIn(await sendChunked('calls', JSON.stringify(call), headers)).problem).toBe(
      '415 unsupportedMediaType',
    );
    expect(problemIn(await board.api('POST', 'calls', tooLarge, headers)).problem).toBe('415 unsupportedMediaType');
  },
);

test('a body without a content type is refused', async () => {
  expect(problemIn(await sendChunked('calls', JSON.stringify(call), {})).problem).toBe('415 unsupportedMediaType');
});

test.each(['application/json; charset=utf-8', 'application/vnd.contoso+json', 'APPLICATION/JSON'])(
  'content type "%s" is taken',
  async (type) => {
    const answer = await board.api('POST', 'calls', taken, { 'content-type': type });
    expect(answer.status).toBe(202);
  },
);

test.each([
  ['calls', {}, ['targets']],
  ['calls', { targets: [] }, ['targets']],
  ['calls', { ...call, colour: 'red', size: 1 }, ['colour', 'size']],
  ['calls', { ...call, targets: ['+1425', 'no-number', '4:+14255550123'] }, ['targets[0]', 'targets[1]']],
  ['calls', { targets: ['+14255550123'] }, ['callerId']],
  ['calls', { ...call, callerId: '8:acs:a' }, ['callerId']],
  ['calls', { ...call, customContext: [{ kind: 'sipx', key: 'a b', value: '' }] }, ['customContext[0].key']],
  ['calls/connect', { locator: { kind: 'room', name: 'x' } }, ['locator.id', 'locator.name']],
  [':callId/participants', { target: '+14255550123', colour: 1 }, ['colour', 'callerId']],
  [':callId/participants/cancel-add', {}, ['invitationId']],
  [':callId/participants/mute', { participant: 'not-a-number' }, ['participant']],
  [':callId/participants/mute', { participant: '+14255550123' }, ['participant']],
  [':callId/transfer', { target: 7, transferee: '' }, ['target', 'transferee']],
])('POST %s of %o names every wrong field', async (path, body, fields) => {
  const answer = await board.api('POST', path.replace(':callId', `calls/${callId}`), body);
  const { problem, fields: reported } = problemIn(answer);
  expect(problem).toBe('422 invalidInput');
  expect([...reported].sort()).toEqual(fields.toSorted());
});

test('wrong headers and a wrong body are reported together', async () => {
  const headers = { 'idempotency-key': 'mine', prefer: 'wait=31' };
  const { problem, fields } = problemIn(await board.api('POST', 'calls', [], headers));
  expect(problem).toBe('422 invalidInput');
  expect(fields).toEqual(expect.arrayContaining(['Idempotency-Key', 'Prefer', '']));
  const path = `calls/${callId}/participants/mute`;
  expect(problemIn(await board.api('POST', path, { participant: '', colour: 1 }, headers)).fields).toEqual(
    expect.arrayContaining(['Idempotency-Key', 'Prefer', 'participant', 'colour']),
  );
});

test.each(['wait=31', 'wait=-1', 'wait=soon', 'wait=1.5', 'respond-async, wait=99'])(
  'Prefer: %s is refused',
  async (prefer) => {
    expect(problemIn(await board.api('POST', 'calls', call, { prefer })).fields).toEqual(['Prefer']);
  },
);

test.each(['respond-async', 'wait=0', 'respond-async; wait="1"'])('Prefer: %s is taken', async (prefer) => {
  expect([200, 202]).toContain((await board.api('POST', 'calls', taken, { prefer })).status);
});

const lists = ['calls', 'incoming-calls', 'routing-rules', ':callId/timeline', ':callId/participants'];
const badQueries = [
  'limit=0',
  'limit=201',
  'limit=x',
  'limit=1.5',
  'limit=',
  'colour=red',
  `cursor=${'x'.repeat(1025)}`,
];
const queries = lists.flatMap((list) =>
  badQueries.map((query) => [`${list}?${query}`, [query.split('=')[0]]] as const),
);

test.each([
  ...queries,
  ['calls?status=busy&limit=0&colour=1', ['colour', 'limit', 'status']],
  ['incoming-calls?status=connected', ['status']],
  [':callId?colour=red', ['colour']],
  [':callId/properties?colour=red', ['colour']],
  [':callId/participants/p-aaaaaaaaaaaaaaaa?colour=red', ['colour']],
] as const)('GET %s names what is wrong with the query', async (path, fields) => {
  const { problem, fields: reported } = problemIn(await board.api('GET', path.replace(':callId', `calls/${callId}`)));
  expect(problem).toBe('422 invalidInput');
  expect([...reported].sort()).toEqual(fields);
});

test('a function key in the query belongs to the host', async () => {
  expect((await board.api('GET', 'calls?code=abc')).status).toBe(200);
});

test('no refused request reaches ACS', async () => {
  const asked = JSON.stringify(await requestsSince(board, 0));
  expect(asked).toContain(taken.targets[0]);
  expect(asked).not.toContain(call.targets[0]);
});
