import { expect, test } from 'vitest';
import { attempt } from '../../../shared/webhooks/attempt.ts';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import { openConcurrencyLimits } from '../../../shared/webhooks/concurrency.ts';

const policy = { hosts: [], isLocal: false, notifySecret: undefined };
const sending = { concurrency: openConcurrencyLimits(), policy, timeoutSeconds: 1 };
const event = relayed('c1', { id: 'e1', at: '', type: 'Microsoft.Communication.PlayCompleted', data: {} });
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

test('a host that has been taken off the list since is not asked', async () => {
  const listed = { ...sending, policy: { ...policy, hosts: ['contoso.com'] } };
  expect(await attempt(listed, { url: 'https://example.com/', secret }, event)).toEqual({ reason: 'notAllowed' });
});

test('a message that nothing can be signed with any more is not sent', async () => {
  const unsigned = { url: 'https://example.com/', secret: undefined };
  expect(await attempt(sending, unsigned, event)).toEqual({ reason: 'notAllowed' });
});

test('a receiver whose concurrency are taken is busy', async () => {
  let free = () => {};
  const until = new Promise<void>((resolve) => {
    free = resolve;
  });
  const taken = [1, 2, 3, 4].map(() => sending.concurrency.take('https://example.com', () => until));
  expect(await attempt(sending, { url: 'https://example.com/a', secret }, event)).toEqual({ reason: 'busy' });
  const webhook = { url: 'https://example.invalid/a', secret, webhookId: 'other' };
  expect(await attempt(sending, webhook, event)).toEqual({ reason: 'unreachable' });
  free();
  await Promise.all(taken);
});
