/** Notifications over real storage, for what no request can bring about at a chosen moment. */
import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, expect, inject, test } from 'vitest';
import { type Config, readConfig } from '../../../shared/config.ts';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import { failureOf } from '../../../shared/webhooks/failure.ts';
import { type Notifications, openNotifications } from '../../../shared/webhooks/notifications.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const callId = randomUUID();
let notifications: Notifications;

function config(): Config {
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  return readConfig({
    ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5',
    ACS_RESOURCE_ID: randomUUID(),
    PUBLIC_BASE_URL: 'http://127.0.0.1:1',
    AzureWebJobsStorage: inject('storage'),
    TABLE_PREFIX: prefix,
  });
}

const anEvent = (data: Record<string, unknown>) =>
  relayed(callId, { id: randomUUID(), at: '', type: 'Microsoft.Communication.RecognizeCompleted', data });

beforeEach(() => {
  notifications = openNotifications(config());
});

test('an event that no message can carry is among the failures at once, and the others go on', async () => {
  const large = anEvent({ speech: randomBytes(100_000).toString('hex') });
  const receivers = [{ webhookId: 'crm' }];
  await notifications.notifier.send([
    { event: large, receivers },
    { event: anEvent({}), receivers },
  ]);
  const { items } = await notifications.failures.list('crm', 10, undefined);
  expect(items).toEqual([
    {
      notificationId: large.id,
      callId,
      attempts: 0,
      reason: 'tooLarge',
      failedAt: expect.any(String),
      event: large,
    },
  ]);
});

test('failures are removed when they are old, those of webhooks and those of operations', async () => {
  const webhook = { webhookId: 'crm', url: 'https://example.com/', secret, eventTypes: [], enabled: true };
  await notifications.store.put(webhook);
  const fail = (failedAt: string) => ({ ...failureOf(anEvent({}), 9, { reason: 'timeout' }), failedAt });
  const days = Array.from({ length: 120 }, (_, index) => new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString());
  for (const receiver of ['crm', 'notifyUrl']) {
    await Promise.all(
      [...days, '2026-01-06T00:00:00.000Z'].map((day) => notifications.failures.add(receiver, fail(day))),
    );
  }
  await notifications.removeExpiredFailures('2026-01-10T00:00:00.000Z');
  for (const receiver of ['crm', 'notifyUrl']) {
    const { items } = await notifications.failures.list(receiver, 200, undefined);
    expect(items.map(({ failedAt }) => failedAt)).toEqual(['2026-01-06T00:00:00.000Z']);
  }
});

test('a webhook that was put again or deleted since its receiver said no more is left as it is', async () => {
  const webhook = { webhookId: 'crm', url: 'https://example.com/', secret, eventTypes: [], enabled: true };
  await notifications.store.put(webhook);
  await notifications.store.disable('crm', 'https://example.com/before');
  await notifications.store.disable('other', webhook.url);
  expect(await notifications.store.get('crm')).toEqual(webhook);
});

test('the webhooks are read once in a while, and again when they could not be read or were changed', async () => {
  const { subscribers, store } = notifications;
  const webhook = { webhookId: 'crm', url: 'https://example.com/', secret, eventTypes: [], enabled: true };
  expect(await subscribers.all()).toEqual([]);
  await store.put(webhook);
  expect(await subscribers.all()).toEqual([]);
  subscribers.invalidate();
  expect(await subscribers.all()).toEqual([webhook]);
});
