/** Deliveries that are sent again on request, under the same id. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { verified } from '../support/webhook-receiver.ts';
import {
  deliveriesOf,
  failuresOf,
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
afterEach(() => unsubscribe(board));

test('a failed delivery is sent again under its id on request, and once more when it was delivered', async () => {
  await subscribe(board, 'again', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/again' ? 500 : 204);
  await connectedCall(board.api);
  const [failed] = await failuresOf(board, 'again');
  expect(board.receiver.at('/again')).toHaveLength(3);
  board.receiver.answer = () => 204;
  const path = `webhooks/again/deliveries/${failed.deliveryId}`;
  for (const [sent, attempts] of [
    [4, 4],
    [5, 5],
  ] as const) {
    const answer = await board.api('POST', `${path}/resend`, {});
    expect(answer).toMatchObject({ status: 202, body: { deliveryId: failed.deliveryId, status: 'pending' } });
    const messages = await board.receiver.wait('/again', ({ length }) => length === sent);
    expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(messages.map((message) => verified(message, secret))).toHaveLength(sent);
    const [delivered] = await deliveriesOf(board, 'again', ({ status }) => status === 'delivered');
    expect(delivered.attempts).toHaveLength(attempts);
  }
  expect((await board.api('GET', 'webhooks/again')).body).not.toHaveProperty('failingSince');
});

test('a delivery that is sent again while it waits for its next attempt is delivered once', async () => {
  await subscribe(board, 'waits', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/waits' ? [503, { 'retry-after': '2' }] : 204);
  await connectedCall(board.api);
  const [pending] = await deliveriesOf(board, 'waits', ({ status }) => status === 'pending');
  board.receiver.answer = () => 204;
  await board.api('POST', `webhooks/waits/deliveries/${pending.deliveryId}/resend`, {});
  await deliveriesOf(board, 'waits', ({ status }) => status === 'delivered');
  await logged(board, `Delivery attempt not needed.*"receiver":"waits","notificationId":"${pending.notificationId}"`);
  expect(board.receiver.at('/waits')).toHaveLength(2);
});

test('a delivery to the URL of an operation is sent again to that URL, which no response has', async () => {
  board.receiver.answer = () => [400, {}, 'not today'];
  const notifyUrl = `${board.receiver.url}/resent?key=word`;
  const asked = { targets: ['+14255550177'], callerId: '+14255550100', notifyUrl };
  const { body } = await board.api('POST', 'calls', asked);
  const isOfCall = ({ callId }: { callId: string }) => callId === body.callId;
  const failed = await eventually(
    async () => (await failuresOf(board, 'notifyUrl')).filter(isOfCall),
    ({ length }) => length > 0,
  );
  const [{ deliveryId, host, notificationId }] = failed;
  expect(host).toBe(new URL(board.receiver.url).host);
  expect(JSON.stringify(failed)).not.toContain('key=word');
  board.receiver.answer = () => 204;
  board.receiver.delivered.length = 0;
  const answer = await board.api('POST', `webhooks/notifyUrl/deliveries/${deliveryId}/resend`, {});
  expect(answer.status).toBe(202);
  const [message] = await board.receiver.wait('/resent?key=word', (all) =>
    all.some(({ headers }) => headers['webhook-id'] === notificationId),
  );
  expect(message && verified(message, notifySecret)).toBeDefined();
});

test('what is unknown is not sent again, nor what its webhook cannot take', async () => {
  await subscribe(board, 'off', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/off' ? 410 : 204);
  await connectedCall(board.api);
  const [{ deliveryId }] = await failuresOf(board, 'off');
  const problemOf = async (path: string) => problemIn(await board.api('POST', path, {})).problem;
  expect(await problemOf(`webhooks/off/deliveries/${deliveryId}/resend`)).toBe('409 webhookDisabled');
  expect(await problemOf('webhooks/off/deliveries/other/resend')).toBe('404 deliveryNotFound');
  expect(await problemOf(`webhooks/other/deliveries/${deliveryId}/resend`)).toBe('404 webhookNotFound');
  expect(await problemOf(`webhooks/notifyUrl/deliveries/${deliveryId}/resend`)).toBe('404 deliveryNotFound');
});

test('what waits for a webhook that is disabled meanwhile has failed, and can be sent again', async () => {
  await subscribe(board, 'paused', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/paused' ? [500, { 'retry-after': '2' }] : 204);
  await connectedCall(board.api);
  await board.receiver.wait('/paused', ({ length }) => length > 0);
  const webhook = { url: `${board.receiver.url}/paused`, eventTypes: ['CallConnected'] };
  await board.api('PUT', 'webhooks/paused', { ...webhook, enabled: false });
  const [failed] = await failuresOf(board, 'paused');
  expect(failed).toMatchObject({ reason: 'disabled', attempts: [{ reason: 'refused' }] });
  expect(failed).not.toHaveProperty('nextAttemptAt');
  board.receiver.answer = () => 204;
  await board.api('PUT', 'webhooks/paused', webhook);
  await board.api('POST', `webhooks/paused/deliveries/${failed.deliveryId}/resend`, {});
  await board.receiver.wait('/paused', ({ length }) => length === 2);
});

test('logs hold no URL of a receiver and none of its responses', () => {
  const text = board.log.join('\n');
  expect(text).toContain('Notification delivered');
  for (const hidden of [board.receiver.url, 'key=word', 'not today']) {
    expect(text).not.toContain(hidden);
  }
});
