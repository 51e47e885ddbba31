/** Webhooks: receivers of notifications. A secret is written and never read. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Invocation } from '../../app.ts';
import { AppError } from '../../errors.ts';
import type { StoredWebhook } from '../../storage/webhooks.ts';
import { urlError } from '../../urls/url-policy.ts';
import { attempt } from '../../webhooks/attempt.ts';
import { webhookTest } from '../../webhooks/cloud-event.ts';
import { targetOfWebhook } from '../../webhooks/deliver.ts';
import { attemptSchema } from '../../webhooks/delivery.ts';
import { previousSecrets } from '../../webhooks/rotation.ts';
import {
  isWebhookId,
  notifyUrlId,
  toResource,
  type Webhook,
  webhookInput,
  webhookSchema,
} from '../../webhooks/webhook.ts';
import { openedSecrets, sealedSecrets } from '../../webhooks/webhook-secrets.ts';
import { deletedUnder, ifMatch, storedUnder, versionHeader, writeCondition } from '../conditional.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { noContent } from '../reply.ts';

/** Every event is matched against all of them. */
const maxWebhooks = 100;

export const listWebhooks = defineList({
  name: 'listWebhooks',
  summary: 'The webhooks',
  path: 'webhooks',
  items: webhookSchema,
  roles: ['Webhooks.Write'],

  async handle({ webhooks }, { limit, position }) {
    const page = await webhooks.store.list(limit, position);
    return { ...page, items: page.items.map(toResource) };
  },
});

export const getWebhook = defineEndpoint({
  name: 'getWebhook',
  summary: 'A webhook, without its secret',
  method: 'GET',
  path: 'webhooks/{webhookId}',
  success: { status: 200, description: 'The webhook', schema: webhookSchema },
  errors: ['webhookNotFound'],
  roles: ['Webhooks.Write'],

  find: findWebhook,

  version: ({ etag, revision }) => ({ etag, revision }),

  async handle(_app, { resource: { value } }) {
    return { body: toResource(value) };
  },
});

const webhookId = z
  .string()
  .refine(isWebhookId, `expected 1 to 64 of A to Z, a to z, 0 to 9, dot, dash and underscore, and not ${notifyUrlId}`)
  .meta({ description: 'Name of the webhook' });

export const putWebhook = defineEndpoint({
  name: 'putWebhook',
  summary:
    'Create or replace a webhook, and enable one that the app disabled; one that exists keeps its secret unless another is given',
  method: 'PUT',
  path: 'webhooks/{webhookId}',
  params: { webhookId },
  headers: ifMatch,
  body: webhookInput.partial({ secret: true }),
  example: {
    url: 'https://example.com/events',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    eventTypes: ['CallConnected', 'OperationSettled'],
  },
  success: {
    status: 200,
    description: 'The webhook as stored, without its secret',
    schema: webhookSchema,
    headers: versionHeader,
  },
  errors: ['tooManyWebhooks', 'preconditionFailed'],
  roles: ['Webhooks.Write'],

  find: async ({ webhooks }, { webhookId: id }) => (isWebhookId(id) ? webhooks.store.read(id) : undefined),

  check({ webhooks: { policy } }, { fields: { url, secret } }, known) {
    const wrong = typeof url === 'string' ? urlError(url, policy) : undefined;
    return [
      ...(wrong === undefined ? [] : [{ path: 'url', message: wrong }]),
      ...(known || secret !== undefined ? [] : [{ path: 'secret', message: 'expected a secret for a new webhook' }]),
    ];
  },

  async handle({ webhooks, ledger }, { path, body, received, resource: known }) {
    const condition = await writeCondition(received.headers, async () => known);
    if (!known && (await webhooks.store.all()).length >= maxWebhooks) {
      throw new AppError(
        'tooManyWebhooks',
        `There are ${maxWebhooks} webhooks, the most that there can be; delete one.`,
      );
    }
    const { encryption, secretOverlapSeconds: defaultSeconds } = webhooks;
    const stored = known && (await openedSecrets(encryption, known.value));
    const { previousSecretSeconds: seconds, ...input } = webhookInput.parse({ secret: stored?.secret, ...body });
    const previous = previousSecrets(stored, input.secret, ledger.now(), { seconds, defaultSeconds });
    const target = { ...input, webhookId: path.webhookId };
    const secrets = { secret: input.secret, ...(previous.length > 0 && { previous }) };
    const webhook: Webhook = { ...target, ...(await sealedSecrets(encryption, target, secrets)) };
    const headers = storedUnder(await webhooks.store.put(webhook, condition));
    webhooks.subscribers.invalidate();
    return { body: toResource(webhook), headers };
  },
});

export const deleteWebhook = defineEndpoint({
  name: 'deleteWebhook',
  summary: 'Delete a webhook and its deliveries',
  method: 'DELETE',
  path: 'webhooks/{webhookId}',
  headers: ifMatch,
  success: { status: 204, description: 'The webhook is deleted' },
  errors: ['webhookNotFound', 'preconditionFailed'],
  roles: ['Webhooks.Write'],

  async handle({ webhooks }, { path, received }) {
    const condition = await writeCondition(received.headers, () => webhooks.store.read(path.webhookId));
    if (!deletedUnder(await webhooks.store.delete(path.webhookId, condition))) {
      throw unknownWebhook();
    }
    webhooks.subscribers.invalidate();
    await webhooks.deliveries.purge(path.webhookId);
    return noContent;
  },
});

/** The result of a test: what the receiver responded, or why there is no response. */
const testSchema = z
  .intersection(
    z.object({
      notificationId: z.string().meta({ description: 'The `webhook-id` of the message' }),
      isDelivered: z.boolean().meta({ description: 'The receiver responded with a 2xx status' }),
    }),
    attemptSchema,
  )
  .meta({ id: 'WebhookTest' });

export const testWebhook = defineEndpoint({
  name: 'testWebhook',
  summary:
    'Send a signed `Switchboard.WebhookTest` now, also to a disabled webhook, and return what the receiver responds',
  method: 'POST',
  path: 'webhooks/{webhookId}/test',
  success: { status: 200, description: 'The response of the receiver, or why there is none', schema: testSchema },
  errors: ['webhookNotFound'],
  roles: ['Webhooks.Write'],

  find: findWebhook,

  async handle({ deliverer, ledger }, { resource: { value } }) {
    const now = ledger.now();
    const event = webhookTest(value.webhookId, randomUUID(), now);
    const target = await targetOfWebhook(deliverer.encryption, value, now);
    const { attempt: made } = await attempt(deliverer, target, event);
    return { body: { notificationId: event.id, isDelivered: made.reason === undefined, ...made } };
  },
});

/** Loads a webhook. Throws the 404. */
export async function findWebhook(
  { webhooks }: Pick<Invocation, 'webhooks'>,
  { webhookId: id }: { readonly webhookId: string },
): Promise<StoredWebhook> {
  const webhook = await webhooks.store.read(id);
  if (!webhook) {
    throw unknownWebhook();
  }
  return webhook;
}

function unknownWebhook(): AppError {
  return new AppError('webhookNotFound', 'No webhook has this id.');
}
