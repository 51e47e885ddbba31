/** A switchboard with a back end that subscribes: its webhooks, and its deliveries. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { quiet } from '../support/proxy.ts';
import { isAtIntervals } from '../support/storage-cost.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { type Delivered, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { withoutTimers } from '../support/wire.ts';

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const notifySecret = 'whsec_bm90aWZ5IHNlY3JldCBvZiB0aGUgdGVzdHM=';

export interface SubscribedBoard extends Switchboard {
  readonly receiver: WebhookReceiver;
  /** Every line of the host's log. */
  readonly log: readonly string[];
}

/** Starts both; a message is tried three times, without a pause unless the receiver asks for one. */
export async function startSubscribedBoard(own: Readonly<Record<string, string>> = {}): Promise<SubscribedBoard> {
  const receiver = await startWebhookReceiver();
  const log: string[] = [];
  const settings = {
    NOTIFY_SECRET: notifySecret,
    NOTIFY_TIMEOUT_SECONDS: '1',
    NOTIFY_RETRY_SECONDS: '0 0',
    NOTIFY_SWEEP_SECONDS: '1',
    AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.100',
    ...own,
  };
  const board = await startSwitchboard({ ...withoutTimers, ...settings }, {}, (line) => log.push(line));
  return {
    ...board,
    receiver,
    log,
    async close() {
      await board.close();
      await receiver.close();
    },
  };
}

/** Puts a webhook to a path of the receiver, or to another URL. */
export async function subscribe(
  { api, receiver }: SubscribedBoard,
  webhookId: string,
  eventTypes: readonly string[],
  url = `${receiver.url}/${webhookId}`,
): Promise<void> {
  const { status } = await api('PUT', `webhooks/${webhookId}`, { url, secret, eventTypes });
  if (status !== 200) {
    throw new Error(`expected the webhook to be taken, but the answer was ${status}`);
  }
}

/** Deletes every webhook; the receiver takes everything again. */
export async function unsubscribe({ api, receiver }: SubscribedBoard): Promise<void> {
  receiver.answer = () => 204;
  for (const { webhookId } of (await api('GET', 'webhooks')).body.items) {
    await api('DELETE', `webhooks/${webhookId}`);
  }
}

/** The failed deliveries of a receiver, once there are as many. */
export async function failuresOf({ api }: SubscribedBoard, webhookId: string, count = 1) {
  const { body } = await eventually(
    () => api('GET', `webhooks/${webhookId}/deliveries?status=failed`),
    (answer) => answer.body.items.length >= count,
  );
  return body.items;
}

/** A time of the API. */
export const anyTime = expect.stringMatching(/^20\d\d-.*Z$/);

interface Delivery {
  readonly status: string;
  readonly notificationId: string;
}

/** The deliveries to a receiver, once the newest is as wanted. */
export async function deliveriesOf({ api }: SubscribedBoard, webhookId: string, wanted: (newest: Delivery) => boolean) {
  const { body } = await eventually(
    () => api('GET', `webhooks/${webhookId}/deliveries`),
    ({ body: { items } }) => items.length > 0 && wanted(items[0]),
  );
  return body.items;
}

/** Waits for a line of the log. */
export async function logged({ log }: SubscribedBoard, pattern: string): Promise<void> {
  await eventually(
    async () => log.some((line) => new RegExp(pattern).test(line)),
    (isThere) => isThere,
  );
}

/** Whether a message is about a call. */
export const isOf = (callId: string) => (one: Delivered) => one.event.data.callId === callId;

/** Has ACS send an event that no SDK knows; the storage transactions and queue messages that it costs. */
export async function costOfEvent(board: SubscribedBoard, callId: string) {
  const { token } = (await board.emulator.control.post('token', {})) as { token: string };
  const type = 'Microsoft.Communication.SomethingNew';
  const event = { id: randomUUID(), type, time: new Date().toISOString(), data: { novelty: 7 } };
  await quiet(board.storage);
  board.queues.take();
  const headers = { authorization: `Bearer ${token}` };
  expect((await board.api('POST', `callbacks/${callId}`, [event], headers)).status).toBe(200);
  const messages = board.queues.take().filter(({ method, path }) => method === 'POST' && path.includes('/messages'));
  const transactions = board.storage.take().filter((one) => !isAtIntervals(one));
  return { type, event, transactions: transactions.length, messages: messages.length };
}
