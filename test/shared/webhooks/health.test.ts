import { expect, test } from 'vitest';
import type { Attempt } from '../../../shared/webhooks/delivery.ts';
import { afterAttempt } from '../../../shared/webhooks/health.ts';
import type { Webhook } from '../../../shared/webhooks/webhook.ts';

const webhook: Webhook = {
  webhookId: 'crm',
  url: 'https://example.com/',
  secret: 'enc.key.text',
  eventTypes: [],
  enabled: true,
};
const hours = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 3_600_000).toISOString();
const since = hours(0);
const failed = (at: string, reason: Attempt['reason'] = 'refused'): Attempt => ({
  at,
  durationMs: 1,
  ...(reason && { reason }),
});
const accepted: Attempt = { at: hours(30), durationMs: 1, status: 204 };
const day = 86_400;
const failing = { ...webhook, failingSince: since };
const disabled = { ...failing, enabled: false, disabledAt: hours(24), disabledReason: 'failing' };

test.each([
  ['the first failure is noted', webhook, failed(since), false, day, failing],
  ['a further one changes nothing', failing, failed(hours(9)), false, day, undefined],
  [
    'one that exhausts its retries before the time changes nothing',
    failing,
    failed(hours(23.99)),
    true,
    day,
    undefined,
  ],
  ['one that is retried after the time changes nothing', failing, failed(hours(25)), false, day, undefined],
  ['one that exhausts its retries after the time disables', failing, failed(hours(24)), true, day, disabled],
  ['one that exhausts its retries never disables where that is off', failing, failed(hours(999)), true, 0, undefined],
  ['what the receiver accepts ends it', failing, accepted, true, day, webhook],
  ['what a healthy receiver accepts changes nothing', webhook, accepted, true, day, undefined],
  [
    'an attempt that the concurrency limit postponed says nothing of the receiver',
    webhook,
    failed(since, 'busy'),
    true,
    day,
    undefined,
  ],
  ['a webhook that is disabled stays as it is', { ...disabled } as Webhook, failed(hours(50)), true, day, undefined],
  [
    'a 410 disables at once',
    webhook,
    failed(since, 'gone'),
    true,
    day,
    { ...failing, enabled: false, disabledAt: since, disabledReason: 'gone' },
  ],
])('%s', (_, before, attempt, isLast, disableAfterSeconds, after) => {
  expect(afterAttempt(before, { attempt, isLast, disableAfterSeconds })).toEqual(after);
});
