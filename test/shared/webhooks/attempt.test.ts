import { expect, test } from 'vitest';
import { attempt } from '../../../shared/webhooks/attempt.ts';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import { openConcurrencyLimits } from '../../../shared/webhooks/concurrency.ts';

const policy = { hosts: [], setting: 'NOTIFY_HOSTS', isLocal: false, notifySecret: undefined };
const now = () => '2026-01-01T00:00:00.000Z';
const sending = { concurrency: openConcurrencyLimits(), policy, timeoutSeconds: 1, now };
const event = relayed('c1', { id: 'e1', at: '', type: 'Microsoft.Communication.PlayCompleted', data: {} });
const secrets = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const failedFor = (reason: string) => ({ attempt: { at: now(), durationMs: expect.any(Number), reason } });

test('a host that has been taken off the list since is not asked', async () => {
  const listed = { ...sending, policy: { ...policy, hosts: ['contoso.com'] } };
  expect(await attempt(listed, { url: 'https://example.com/', secrets }, event)).toEqual(failedFor('notAllowed'));
});

test('a message that nothing can be signed with any more is not sent', async () => {
  const unsigned = { url: 'https://example.com/', secrets: undefined };
  expect(await attempt(sending, unsigned, event)).toEqual(failedFor('notAllowed'));
});

test('a receiver whose concurrency are taken is busy', async () => {
  let free = () => {};
  const until = new Promise<void>((resolve) => {
    free = resolve;
  });
  const taken = [1, 2, 3, 4].map(() => sending.concurrency.take('https://example.com', () => until));
  expect(await attempt(sending, { url: 'https://example.com/a', secrets }, event)).toEqual(failedFor('busy'));
  const webhook = { url: 'https://example.invalid/a', secrets, webhookId: 'other' };
  expect(await attempt(sending, webhook, event)).toEqual(failedFor('unreachable'));
  free();
  await Promise.all(taken);
});
