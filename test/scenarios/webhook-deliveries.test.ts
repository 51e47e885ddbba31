/** Receivers that do not accept a message: how often it is sent, and what can be read of it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { verified } from '../support/webhook-receiver.ts';
import {
  anyTime,
  deliveriesOf,
  failuresOf,
  isOf,
  logged,
  notifySecret,
  type SubscribedBoard,
  secret,
  startSubscribedBoard,
  subscribe,
  unsubscribe,
} from './receivers.ts';

const test = ownHostOnly("starts the app with a secret and short pauses for notifications, and reads the host's log");

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard();
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));
afterEach(() => unsubscribe(board));

test('what a receiver does not take is sent again under the same id, signed anew', async () => {
  await subscribe(board, 'flaky', ['CallConnected']);
  // The time in a signature is one of seconds.
  board.receiver.answer = () => (board.receiver.at('/flaky').length < 3 ? [500, { 'retry-after': '1' }] : 200);
  await connectedCall(board.api);
  const messages = await board.receiver.wait('/flaky', ({ length }) => length === 3);
  expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(messages.map(({ body }) => body)).size).toBe(1);
  expect(new Set(messages.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1);
  expect(messages.map((message) => verified(message, secret))).toHaveLength(3);
  const [delivery] = await deliveriesOf(board, 'flaky', ({ status }) => status === 'delivered');
  expect(delivery).not.toHaveProperty('reason');
  expect(delivery).not.toHaveProperty('nextAttemptAt');
  expect(delivery.attempts).toEqual([
    { at: anyTime, durationMs: expect.any(Number), status: 500, reason: 'refused' },
    { at: anyTime, durationMs: expect.any(Number), status: 500, reason: 'refused' },
    { at: anyTime, durationMs: expect.any(Number), status: 200 },
  ]);
  expect(await failuresOf(board, 'flaky', 0)).toEqual([]);
});

test('a receiver that asks for a pause is given it', async () => {
  await subscribe(board, 'tired', ['CallConnected']);
  board.receiver.answer = () => (board.receiver.at('/tired').length < 2 ? [429, { 'retry-after': '2' }] : 204);
  await connectedCall(board.api);
  const [first, second] = await board.receiver.wait('/tired', ({ length }) => length === 2);
  expect(Number(second?.at) - Number(first?.at)).toBeGreaterThan(1500);
});

test.each([
  ['refuses', () => 500 as const, { reason: 'refused', status: 500 }],
  [
    'redirects',
    () => [302, { location: `${board.receiver.url}/elsewhere` }] as const,
    { reason: 'refused', status: 302 },
  ],
  [
    'refuses and says why',
    () => [400, {}, 'expected `orderId`'] as const,
    { reason: 'refused', status: 400, response: 'expected `orderId`' },
  ],
  [
    'returns what it was sent',
    (body: string) => [500, {}, body.repeat(9)] as const,
    { reason: 'refused', status: 500, response: expect.stringMatching(/^\{"specversion".{1000,1011}$/s) },
  ],
  ['cuts the connection', () => 'cut' as const, { reason: 'unreachable' }],
  ['never answers', () => new Promise<number>(() => {}), { reason: 'timeout' }],
])('a receiver that %s is asked three times, and each attempt is kept with the event', async (_, answer, attempt) => {
  await subscribe(board, 'bad', ['CallConnected']);
  board.receiver.delivered.length = 0;
  board.receiver.answer = ({ path, body }) => (path === '/bad' ? answer(body) : 204);
  const callId = await connectedCall(board.api);
  const [failed] = await failuresOf(board, 'bad');
  const [first] = board.receiver.at('/bad');
  expect(failed).toEqual({
    deliveryId: expect.any(String),
    notificationId: first?.headers['webhook-id'],
    callId,
    status: 'failed',
    reason: attempt.reason,
    attempts: [1, 2, 3].map(() => ({ at: anyTime, durationMs: expect.any(Number), ...attempt })),
    event: first?.event,
  });
  expect(board.receiver.at('/bad')).toHaveLength(3);
  expect(board.receiver.at('/elsewhere')).toEqual([]);
  const path = `webhooks/bad/deliveries/${failed.deliveryId}`;
  expect((await board.api('GET', path)).body).toEqual(failed);
});

test('a failed attempt is listed at once, with the response and the time of the next', async () => {
  await subscribe(board, 'later', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/later' ? [503, { 'retry-after': '600' }, 'out of disk'] : 204);
  await connectedCall(board.api);
  const [pending] = await deliveriesOf(board, 'later', () => true);
  expect(pending).toMatchObject({
    status: 'pending',
    reason: 'refused',
    attempts: [{ at: anyTime, status: 503, reason: 'refused', response: 'out of disk' }],
  });
  const pauseMs = Date.parse(pending.nextAttemptAt) - Date.parse(pending.attempts[0].at);
  expect(Math.abs(pauseMs - 600_000)).toBeLessThan(60_000);
  const listed = await Promise.all(
    ['pending', 'delivered', 'failed'].map(async (status) => {
      const { body } = await board.api('GET', `webhooks/later/deliveries?status=${status}`);
      return body.items.length;
    }),
  );
  expect(listed).toEqual([1, 0, 0]);
  expect((await board.api('GET', 'webhooks/later')).body).toMatchObject({ failingSince: pending.attempts[0].at });
});

test('a page of deliveries by status ends with a cursor when it may not be all', async () => {
  await subscribe(board, 'pages', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/pages' ? 400 : 204);
  await Promise.all([1, 2, 3].map(() => connectedCall(board.api)));
  const all = await failuresOf(board, 'pages', 3);
  const path = 'webhooks/pages/deliveries?status=failed&limit=2';
  const first = (await board.api('GET', path)).body;
  const second = (await board.api('GET', `${path}&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...second.items]).toEqual(all);
  expect(second).not.toHaveProperty('nextCursor');
});

test('an unreachable receiver fails alike, and so does the URL of an operation', async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  await subscribe(board, 'unreachable', ['CallConnected'], url);
  const asked = { targets: ['+14255550177'], callerId: '+14255550100', notifyUrl: `${url}?key=word`, context: 'mine' };
  const { body } = await board.api('POST', 'calls', asked);
  expect(await failuresOf(board, 'unreachable')).toMatchObject([
    { reason: 'unreachable', attempts: [1, 2, 3].map(() => ({ reason: 'unreachable' })), callId: body.callId },
  ]);
  const isOfCall = ({ callId }: { callId: string }) => callId === body.callId;
  const failed = await eventually(
    async () => (await failuresOf(board, 'notifyUrl')).filter(isOfCall),
    ({ length }) => length === 2,
  );
  expect(failed.every(({ reason }: { reason: string }) => reason === 'unreachable')).toBe(true);
  expect(failed[0].event.data).toMatchObject({ operationId: body.operationId, context: 'mine' });
});

test('neither a receiver that does not answer nor many messages to it delay a call or another receiver', async () => {
  await subscribe(board, 'mute', []);
  await subscribe(board, 'quick', ['OperationSettled']);
  board.receiver.answer = ({ path }) => (path === '/mute' ? new Promise<number>(() => {}) : 204);
  const callIds = await Promise.all(Array.from({ length: 4 }, () => connectedCall(board.api)));
  await board.receiver.wait('/quick', (messages) => callIds.every((callId) => messages.some(isOf(callId))));
  const known = board.receiver.at('/quick').filter(({ event }) => callIds.includes(event.data.callId));
  expect(known.map(({ event }) => event.data.status)).toEqual(callIds.map(() => 'succeeded'));
});

test('a receiver that answers 410 wants no more: its webhook is disabled until it is put again', async () => {
  await subscribe(board, 'gone', ['CallConnected']);
  board.receiver.answer = () => 410;
  await connectedCall(board.api);
  expect(await failuresOf(board, 'gone')).toMatchObject([{ reason: 'gone', attempts: [{ status: 410 }] }]);
  const { body } = await board.api('GET', 'webhooks/gone');
  expect(body).toMatchObject({ enabled: false, disabledReason: 'gone', disabledAt: anyTime });
  board.receiver.answer = () => 204;
  await connectedCall(board.api);
  await subscribe(board, 'gone', ['CallConnected']);
  const callId = await connectedCall(board.api);
  await board.receiver.wait('/gone', (messages) => messages.some(isOf(callId)));
  expect(board.receiver.at('/gone')).toHaveLength(2);
  expect((await board.api('GET', 'webhooks/gone')).body).not.toHaveProperty('disabledReason');
});

test('the URL of an operation that answers 410 gets no further message', async () => {
  board.receiver.answer = () => 410;
  const asked = { targets: ['+14255550177'], callerId: '+14255550100', notifyUrl: `${board.receiver.url}/operation` };
  const { body } = await board.api('POST', 'calls', asked);
  const isOfCall = ({ callId }: { callId: string }) => callId === body.callId;
  const failed = await eventually(
    async () => (await failuresOf(board, 'notifyUrl')).filter(isOfCall),
    ({ length }) => length > 0,
  );
  expect(failed[0]).toMatchObject({ reason: 'gone', attempts: [{ status: 410 }] });
});

test('what waits for a webhook is dropped when the webhook is deleted', async () => {
  await subscribe(board, 'leaving', ['CallConnected']);
  board.receiver.answer = () => [500, { 'retry-after': '2' }];
  await connectedCall(board.api);
  await board.receiver.wait('/leaving', ({ length }) => length > 0);
  await board.api('DELETE', 'webhooks/leaving');
  await logged(board, 'Notification dropped; its webhook is deleted or disabled .*leaving');
  expect(board.receiver.at('/leaving')).toHaveLength(1);
});

test('logs hold no secret, no URL of a receiver, no number, no payload and no response', () => {
  const text = board.log.join('\n');
  expect(text).toContain('Notification delivered');
  expect(text).toContain('Delivery failed; the retries of the notification are exhausted');
  for (const hidden of [
    secret,
    notifySecret,
    board.receiver.url,
    'key=word',
    '+1425',
    'publicEventType',
    '"mine"',
    'out of disk',
    'not today',
  ]) {
    expect(text.split('\n').filter((line) => line.includes(hidden))).toEqual([]);
  }
});
