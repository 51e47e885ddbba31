/** The secrets of a webhook, which storage has encrypted only: bound to its URL, so that one that is repointed there signs nothing. */
import type { Encryption } from '../encryption/encryption.ts';
import type { Sealed } from '../encryption/sealed.ts';
import type { Secrets } from './rotation.ts';
import type { Webhook } from './webhook.ts';

type Target = Pick<Webhook, 'webhookId' | 'url'>;

const bindingOf = ({ webhookId, url }: Target) => ['webhookSecret', webhookId, url] as const;

/** The secrets as they are stored. */
export function sealedSecrets(
  encryption: Encryption,
  target: Target,
  secrets: Secrets<string>,
): Promise<Secrets<Sealed>> {
  return mapped(secrets, (secret) => encryption.seal(secret, bindingOf(target)));
}

/** The secrets of a stored webhook in clear. */
export function openedSecrets(
  encryption: Encryption,
  { secret, previous, ...target }: Webhook,
): Promise<Secrets<string>> {
  const secrets = { secret, ...(previous && { previous }) };
  return mapped(secrets, (sealed) => encryption.open(sealed, bindingOf(target)));
}

async function mapped<From, To>(
  { secret, previous }: Secrets<From>,
  change: (secret: From) => Promise<To>,
): Promise<Secrets<To>> {
  // Awaited together: a rejection that no one awaits would end the worker.
  const [changed, others] = await Promise.all([
    change(secret),
    previous && Promise.all(previous.map(async ({ secret: one, until }) => ({ secret: await change(one), until }))),
  ]);
  return { secret: changed, ...(others && { previous: others }) };
}
