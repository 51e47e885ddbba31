/** Secrets of a webhook that cannot be opened, as after a change of its row in storage. */
import { expect, test } from 'vitest';
import type { Encryption } from '../../../shared/encryption/encryption.ts';
import type { Webhook } from '../../../shared/webhooks/webhook.ts';
import { openedSecrets } from '../../../shared/webhooks/webhook-secrets.ts';

test('secrets none of which can be opened are one rejection, and leave no promise that no one awaits', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
  const open = async () => {
    throw new Error('bound to another URL');
  };
  const webhook = { secret: 'enc.k.one', previous: [{ secret: 'enc.k.two', until: '2026-12-01T00:00:00.000Z' }] };
  await expect(openedSecrets({ open } as unknown as Encryption, webhook as unknown as Webhook)).rejects.toThrow(
    'bound',
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.removeListener('unhandledRejection', note);
  for (const listener of listeners) {
    process.on('unhandledRejection', listener);
  }
  expect(unhandled).toEqual([]);
});
