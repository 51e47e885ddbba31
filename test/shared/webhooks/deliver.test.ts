/** Deliveries over real storage to a real receiver, under a clock of the test: a day of failures takes no day. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { readConfig } from '../../../shared/config.ts';
import { createLog } from '../../../shared/log.ts';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import { type Deliverer, deliver } from '../../../shared/webhooks/deliver.ts';
import { openNotifications } from '../../../shared/webhooks/notifications.ts';
import { type DeliveryMessage, pack } from '../../../shared/webhooks/outbox-message.ts';
import { sealedSecrets } from '../../../shared/webhooks/webhook-secrets.ts';
import { anEncryption } from '../../support/encryption.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const encryption = anEncryption();
const startMs = Date.UTC(2026, 0, 1);

let receiver: WebhookReceiver;
let deliverer: Deliverer;
let logged: string[];
let nowMs: number;
/** What waits on the queue, with the time at which it may be taken. */
let queued: { message: DeliveryMessage; dueMs: number }[];

beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());

beforeEach(async () => {
  nowMs = startMs;
  queued = [];
  logged = [];
  receiver.delivered.length = 0;
  const { store, ...notifications } = openNotifications(
    readConfig({
      ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5',
      ACS_RESOURCE_ID: randomUUID(),
      PUBLIC_BASE_URL: 'http://127.0.0.1:1',
      AzureWebJobsStorage: inject('storage'),
      TABLE_PREFIX: `t${randomUUID().replaceAll('-', '').slice(0, 16)}`,
    }),
    encryption,
  );
  deliverer = {
    ...notifications.deliverer,
    now: () => new Date(nowMs).toISOString(),
    queue: {
      async send(message, seconds = 0) {
        queued.push({ message, dueMs: nowMs + seconds * 1000 });
      },
    },
    log: createLog((_level, message) => logged.push(message)),
  };
  const target = { webhookId: 'crm', url: `${receiver.url}/crm`, eventTypes: [], enabled: true };
  await store.put({ ...target, ...(await sealedSecrets(encryption, target, { secret })) });
});

const messageNow = (): DeliveryMessage => {
  const at = new Date(nowMs).toISOString();
  const type = 'Microsoft.Communication.PlayCompleted';
  const event = relayed(randomUUID(), { id: randomUUID(), at, type, data: {} });
  return { receiver: { webhookId: 'crm' }, attempt: 1, packed: pack(event) };
};

/** Takes message after message when it is due, until none is left. */
async function runQueue(): Promise<void> {
  for (let next = queued.shift(); next; next = queued.shift()) {
    nowMs = next.dueMs;
    await deliver(deliverer, next.message);
  }
}

const webhook = async () => (await deliverer.webhooks.read('crm'))?.value;
const hoursSinceStart = (time: string | undefined) => (Date.parse(String(time)) - startMs) / 3_600_000;

test('a receiver that accepts nothing for a day is disabled when the retries of a delivery are exhausted', async () => {
  receiver.answer = () => [503, {}, 'down'];
  queued.push({ message: messageNow(), dueMs: nowMs });
  await runQueue();
  const disabled = await webhook();
  expect(disabled).toMatchObject({
    enabled: false,
    disabledReason: 'failing',
    failingSince: '2026-01-01T00:00:00.000Z',
  });
  expect(hoursSinceStart(disabled?.disabledAt)).toBeCloseTo(24.7, 1);
  const { items } = await deliverer.deliveries.list('crm', 10, undefined);
  expect(items).toMatchObject([{ status: 'failed', reason: 'refused' }]);
  expect(items[0]?.attempts).toHaveLength(11);
  expect(receiver.delivered).toHaveLength(11);
  expect(logged.filter((message) => message.startsWith('Webhook disabled'))).toHaveLength(1);
});

test('a receiver that accepts one message within that day keeps its webhook', async () => {
  const failing = messageNow();
  receiver.answer = ({ body }) => (body.includes('accepted') ? 204 : 503);
  queued.push({ message: failing, dueMs: nowMs });
  for (let next = queued.shift(); next; next = queued.shift()) {
    nowMs = next.dueMs;
    await deliver(deliverer, next.message);
    if (next.message.attempt === 9) {
      const event = relayed('accepted', { id: randomUUID(), at: deliverer.now(), type: 'x', data: {} });
      await deliver(deliverer, { ...failing, packed: pack(event) });
    }
  }
  const kept = await webhook();
  expect(kept).toMatchObject({ enabled: true });
  expect(hoursSinceStart(kept?.failingSince)).toBeGreaterThan(10);
});

test('a first attempt that succeeds is not stored, unless the settings ask for it', async () => {
  receiver.answer = () => 204;
  const list = async () => (await deliverer.deliveries.list('crm', 10, undefined)).items;
  await deliver(deliverer, messageNow());
  expect(await list()).toEqual([]);
  await deliver({ ...deliverer, recordsDelivered: true }, messageNow());
  expect(await list()).toMatchObject([{ status: 'delivered', attempts: [{ status: 204 }] }]);
});

test('two copies of a message that are tried at once have one delivery with both attempts', async () => {
  receiver.answer = () => 500;
  const message = messageNow();
  const ticking = {
    ...deliverer,
    now() {
      nowMs += 1;
      return new Date(nowMs).toISOString();
    },
  };
  await Promise.all([deliver(ticking, message), deliver(ticking, message)]);
  const { items } = await deliverer.deliveries.list('crm', 10, undefined);
  expect(items).toMatchObject([{ status: 'pending', attempts: [{ status: 500 }, { status: 500 }] }]);
  receiver.answer = () => 204;
  await runQueue();
  expect(receiver.delivered).toHaveLength(3);
  expect(logged).toContain('Delivery attempt not needed; the notification was delivered or sent again since');
});

test('a message whose delivery was erased is not sent again, and one of a deleted webhook leaves nothing', async () => {
  receiver.answer = () => 500;
  await deliver(deliverer, messageNow());
  await deliver(deliverer, messageNow());
  const [erased, kept] = queued.map(({ message }) => message);
  await deliverer.deliveries.purge('crm');
  await deliver(deliverer, erased ?? messageNow());
  expect(receiver.delivered).toHaveLength(2);
  expect(logged).toContain('Notification dropped; its delivery was erased or has expired');
  await deliver(deliverer, messageNow());
  await deliverer.webhooks.delete('crm');
  deliverer.subscribers.invalidate();
  await deliver(deliverer, queued.at(-1)?.message ?? messageNow());
  await deliver(deliverer, kept ?? messageNow());
  await deliver(deliverer, messageNow());
  expect((await deliverer.deliveries.list('crm', 10, undefined)).items).toEqual([]);
  expect(receiver.delivered).toHaveLength(3);
});
