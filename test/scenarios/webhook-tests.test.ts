/** Tests of webhooks: one signed event now, and what the receiver responds. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ownHostOnly } from '../support/suited.ts';
import { verified } from '../support/webhook-receiver.ts';
import { anyTime, type SubscribedBoard, secret, startSubscribedBoard, unsubscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with a short timeout for notifications');

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard();
});
afterAll(() => board.close());
afterEach(() => unsubscribe(board));

test.each([
  ['accepts', () => 204 as const, { isDelivered: true, status: 204 }],
  ['responds', () => [200, {}, 'thanks'] as const, { isDelivered: true, status: 200, response: 'thanks' }],
  ['refuses', () => [500, {}, 'why'] as const, { isDelivered: false, status: 500, reason: 'refused', response: 'why' }],
  ['wants no more', () => 410 as const, { isDelivered: false, status: 410, reason: 'gone' }],
  ['cuts the connection', () => 'cut' as const, { isDelivered: false, reason: 'unreachable' }],
  ['never answers', () => new Promise<number>(() => {}), { isDelivered: false, reason: 'timeout' }],
])('a test of a webhook whose receiver %s returns that, and changes nothing', async (_, answer, expected) => {
  await board.api('PUT', 'webhooks/tested', {
    url: `${board.receiver.url}/tested`,
    secret,
    eventTypes: ['CallConnected'],
    enabled: false,
  });
  const before = (await board.api('GET', 'webhooks/tested')).body;
  board.receiver.delivered.length = 0;
  board.receiver.answer = answer;
  const { status, body } = await board.api('POST', 'webhooks/tested/test', {});
  const [message] = board.receiver.at('/tested');
  expect({ status, body }).toEqual({
    status: 200,
    body: { notificationId: message?.headers['webhook-id'], at: anyTime, durationMs: expect.any(Number), ...expected },
  });
  expect(message && verified(message, secret)).toMatchObject({
    type: 'Switchboard.WebhookTest',
    source: '/webhooks/tested',
    data: { webhookId: 'tested' },
  });
  expect((await board.api('GET', 'webhooks/tested')).body).toEqual(before);
  expect((await board.api('GET', 'webhooks/tested/deliveries')).body).toEqual({ items: [] });
});
