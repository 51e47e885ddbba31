/** The versions of stored webhooks. */
import { expect, inject, test } from 'vitest';
import { openWebhooks } from '../../../shared/storage/webhooks.ts';
import { aPrefix } from '../ledger/a-ledger.ts';

test('a webhook that was stored without a revision is versioned by its row until it is replaced', async () => {
  const webhooks = openWebhooks({ connectionString: inject('storage') }, aPrefix());
  const url = 'https://hooks.contoso.com/';
  const webhook = { webhookId: 'old', url, secret: 'enc.key.text' as const, eventTypes: [], enabled: true };
  await webhooks.put(webhook);
  await webhooks.change('old', url, ({ revision: _, ...older }) => older);
  const stored = await webhooks.read('old');
  expect(stored?.revision).toBe(stored?.etag);
});
