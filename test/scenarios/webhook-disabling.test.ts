/** Webhooks whose receiver accepts nothing for long, and deliveries that succeed at once where the settings list them. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { verified } from '../support/webhook-receiver.ts';
import { isOf, type SubscribedBoard, secret, startSubscribedBoard, subscribe, unsubscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with settings of its own for deliveries');

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard({ NOTIFY_DISABLE_AFTER_SECONDS: '2', NOTIFY_RECORD_DELIVERED: 'true' });
});
afterAll(() => board.close());
afterEach(() => unsubscribe(board));

const webhook = async (webhookId: string) => (await board.api('GET', `webhooks/${webhookId}`)).body;

test('a webhook is disabled when its receiver has accepted nothing for the time of the setting, and enabled by PUT', async () => {
  await subscribe(board, 'broken', ['CallConnected']);
  board.receiver.answer = ({ path }) => (path === '/broken' ? 500 : 204);
  await connectedCall(board.api);
  const { failingSince } = await eventually(
    () => webhook('broken'),
    (one) => one.failingSince !== undefined,
  );
  const disabled = await eventually(
    async () => {
      await connectedCall(board.api);
      return webhook('broken');
    },
    (one) => !one.enabled,
  );
  expect(disabled).toMatchObject({ disabledReason: 'failing', failingSince });
  expect(Date.parse(disabled.disabledAt) - Date.parse(failingSince)).toBeGreaterThanOrEqual(2000);
  expect(board.log.filter((line) => line.includes('Webhook disabled; its receiver'))).toHaveLength(1);

  board.receiver.answer = () => 204;
  await subscribe(board, 'broken', ['CallConnected']);
  const callId = await connectedCall(board.api);
  await board.receiver.wait('/broken', (messages) => messages.some(isOf(callId)));
  const enabledAgain = await webhook('broken');
  expect(enabledAgain).toEqual({ ...enabledAgain, enabled: true });
  for (const name of ['failingSince', 'disabledReason', 'disabledAt']) {
    expect(enabledAgain).not.toHaveProperty(name);
  }
});

test('a delivery that succeeds at once is listed and can be sent again under its id, where the settings say so', async () => {
  await subscribe(board, 'listed', ['CallConnected']);
  board.storage.take();
  const callId = await connectedCall(board.api);
  const { body } = await eventually(
    () => board.api('GET', 'webhooks/listed/deliveries?status=delivered'),
    (answer) => answer.body.items.length > 0,
  );
  const writes = board.storage.take().filter(({ method, path }) => method === 'POST' && path.includes('Deliveries'));
  expect(writes).toHaveLength(1);
  const [delivery] = body.items;
  expect(delivery).toMatchObject({ callId, status: 'delivered', attempts: [{ status: 204 }] });
  await board.api('POST', `webhooks/listed/deliveries/${delivery.deliveryId}/resend`, {});
  const messages = await board.receiver.wait('/listed', ({ length }) => length === 2);
  expect(messages.map(({ headers }) => headers['webhook-id'])).toEqual([
    delivery.notificationId,
    delivery.notificationId,
  ]);
  expect(messages.map((message) => verified(message, secret))).toHaveLength(2);
});
