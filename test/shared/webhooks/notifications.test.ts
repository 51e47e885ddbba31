/** Notifications over real storage, for what no request can bring about at a chosen moment. */
import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, expect, inject, test } from 'vitest';
import { type Config, readConfig } from '../../../shared/config.ts';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import { newDelivery } from '../../../shared/webhooks/delivery.ts';
import { type Notifications, openNotifications } from '../../../shared/webhooks/notifications.ts';
import { pack, unpack } from '../../../shared/webhooks/outbox-message.ts';
import { resend } from '../../../shared/webhooks/resend.ts';
import type { Webhook } from '../../../shared/webhooks/webhook.ts';
import { anEncryption } from '../../support/encryption.ts';
import { aPrefix } from '../ledger/a-ledger.ts';

const stored: Webhook = {
  webhookId: 'crm',
  url: 'https://example.com/',
  secret: 'enc.key.text',
  eventTypes: [],
  enabled: true,
};
const encryption = anEncryption();
const callId = randomUUID();
let notifications: Notifications;

function config(own: Readonly<Record<string, string>> = {}): Config {
  return readConfig({
    ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5',
    ACS_RESOURCE_ID: randomUUID(),
    PUBLIC_BASE_URL: 'http://127.0.0.1:1',
    AzureWebJobsStorage: inject('storage'),
    TABLE_PREFIX: aPrefix(),
    ...own,
  });
}

const anEvent = (data: Record<string, unknown>, at = '2026-01-01T00:00:00.000Z') =>
  relayed(callId, { id: randomUUID(), at, type: 'Microsoft.Communication.RecognizeCompleted', data });

beforeEach(() => {
  notifications = openNotifications(config(), encryption);
});

test('a delivery of an event that no message can carry has failed for good, and the others go on', async () => {
  const large = anEvent({ speech: randomBytes(100_000).toString('hex') });
  const receivers = [{ webhookId: 'crm' }];
  await notifications.notifier.send([
    { event: large, receivers },
    { event: anEvent({}), receivers },
  ]);
  const { items } = await notifications.deliveries.list('crm', 10, undefined);
  expect(items).toMatchObject([
    { notificationId: large.id, callId, status: 'failed', attempts: [], reason: 'tooLarge' },
  ]);
  expect(unpack(String(items[0]?.packed))).toEqual(large);
  const delivery = await notifications.deliveries.get('crm', String(items[0]?.deliveryId));
  await expect(delivery && resend(notifications.deliverer, delivery)).rejects.toMatchObject({ code: 'conflict' });
});

test('deliveries are removed when they are old, those of webhooks and those of operations', async () => {
  await notifications.store.put(stored);
  const delivery = (at: string) =>
    newDelivery(anEvent({}, at), { webhookId: 'crm' }, { packed: pack(anEvent({}, at)) });
  const days = Array.from({ length: 120 }, (_, index) => new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString());
  for (const receiver of ['crm', 'notifyUrl']) {
    await Promise.all(
      [...days, '2026-01-06T00:00:00.000Z'].map((day) =>
        notifications.deliveries.change(receiver, delivery(day), (one) => one),
      ),
    );
  }
  await notifications.removeExpired('2026-01-10T00:00:00.000Z');
  for (const receiver of ['crm', 'notifyUrl']) {
    const { items } = await notifications.deliveries.list(receiver, 200, undefined);
    expect(items.map(({ packed }) => unpack(packed).time)).toEqual(['2026-01-06T00:00:00.000Z']);
  }
});

test('logged events are removed when they are older than their setting, and only then', async () => {
  const { notifier, eventLog, removeExpired } = openNotifications(config({ EVENT_LOG_DAYS: '2' }), encryption);
  const event = anEvent({});
  await notifier.send(await notifier.address([{ event }]));
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  await removeExpired(inDays(1.9));
  expect(await eventLog?.positionOf(event.id)).toBeDefined();
  await removeExpired(inDays(2.1));
  expect(await eventLog?.positionOf(event.id)).toBeUndefined();
});

test('what was logged is removed once EVENT_LOG_DAYS is 0', async () => {
  const settings = { TABLE_PREFIX: aPrefix() };
  const { notifier, eventLog } = openNotifications(config({ ...settings, EVENT_LOG_DAYS: '2' }), encryption);
  const event = anEvent({});
  await notifier.send(await notifier.address([{ event }]));
  expect(await eventLog?.positionOf(event.id)).toBeDefined();
  const off = openNotifications(config({ ...settings, EVENT_LOG_DAYS: '0' }), encryption);
  expect(off.eventLog).toBeUndefined();
  await off.removeExpired(new Date(Date.now() + 1000).toISOString());
  expect(await eventLog?.positionOf(event.id)).toBeUndefined();
});

test('deliveries are kept no longer than calls or digits and speech, whatever NOTIFY_KEEP_DAYS says', async () => {
  const kept = async (retentionDays: string, contentDays = '') => {
    const { deliveries, removeExpired } = openNotifications(
      config({ RETENTION_DAYS: retentionDays, NOTIFY_KEEP_DAYS: '9', CONTENT_DAYS: contentDays }),
      encryption,
    );
    const event = anEvent({}, '2026-01-01T00:00:00.000Z');
    const delivery = newDelivery(event, { webhookId: 'notifyUrl' }, { packed: pack(event) });
    await deliveries.change('notifyUrl', delivery, (one) => one);
    await removeExpired('2026-01-05T00:00:00.000Z');
    return (await deliveries.list('notifyUrl', 10, undefined)).items.length;
  };
  expect([await kept('3'), await kept('0')]).toEqual([0, 1]);
  expect([await kept('9', '3'), await kept('0', '3'), await kept('9', '5')]).toEqual([0, 0, 1]);
});

test('a webhook that was put again or deleted since its receiver said no more is left as it is', async () => {
  await notifications.store.put(stored);
  const disabled = (known: Webhook): Webhook => ({ ...known, enabled: false });
  await notifications.store.change('crm', 'https://example.com/before', disabled);
  await notifications.store.change('other', stored.url, disabled);
  expect(await notifications.store.read('crm')).toMatchObject({ value: stored });
  expect(await notifications.store.change('crm', stored.url, () => undefined)).toBeUndefined();
  expect(await notifications.store.change('crm', stored.url, disabled)).toMatchObject({ enabled: false });
});

test('the webhooks are read once in a while, and again when they could not be read or were changed', async () => {
  const { subscribers, store } = notifications;
  expect(await subscribers.all()).toEqual([]);
  await store.put(stored);
  expect(await subscribers.all()).toEqual([]);
  subscribers.invalidate();
  expect(await subscribers.all()).toMatchObject([stored]);
});
