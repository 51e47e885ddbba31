/** Webhooks: receivers of notifications, and what they missed. A secret is written and never read. */
import * as z from 'zod';
import { AppError } from '../../errors.ts';
import { failureSchema } from '../../webhooks/failure.ts';
import { urlError } from '../../webhooks/url-policy.ts';
import {
  isWebhookId,
  notifyUrlId,
  toResource,
  type Webhook,
  webhookInput,
  webhookSchema,
} from '../../webhooks/webhook.ts';
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

  async find({ webhooks }, { webhookId }) {
    const webhook = await webhooks.store.get(webhookId);
    if (!webhook) {
      throw unknownWebhook();
    }
    return webhook;
  },

  async handle(_app, { resource }) {
    return { body: toResource(resource) };
  },
});

export const listWebhookFailures = defineList({
  name: 'listWebhookFailures',
  summary: `The notifications that a webhook missed, newest first; \`${notifyUrlId}\` as its id lists those of the URLs of operations`,
  path: 'webhooks/{webhookId}/failures',
  items: failureSchema,
  errors: ['webhookNotFound'],
  roles: ['Webhooks.Write'],

  async find({ webhooks }, { webhookId }) {
    if (webhookId !== notifyUrlId && !(await webhooks.store.get(webhookId))) {
      throw unknownWebhook();
    }
  },

  handle: ({ webhooks }, { path, limit, position }) => webhooks.failures.list(path.webhookId, limit, position),
});

const webhookId = z
  .string()
  .refine(isWebhookId, `expected 1 to 64 of A to Z, a to z, 0 to 9, dot, dash and underscore, and not ${notifyUrlId}`)
  .meta({ description: 'Name of the webhook' });

export const putWebhook = defineEndpoint({
  name: 'putWebhook',
  summary: 'Create or replace a webhook; one that exists keeps its secret unless another is given',
  method: 'PUT',
  path: 'webhooks/{webhookId}',
  params: { webhookId },
  body: webhookInput.partial({ secret: true }),
  example: {
    url: 'https://example.com/events',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    eventTypes: ['CallConnected', 'OperationSettled'],
  },
  success: { status: 200, description: 'The webhook as stored, without its secret', schema: webhookSchema },
  errors: ['tooManyWebhooks'],
  roles: ['Webhooks.Write'],

  find: async ({ webhooks }, { webhookId: id }) => (isWebhookId(id) ? webhooks.store.get(id) : undefined),

  check({ webhooks: { policy } }, { fields: { url, secret } }, known) {
    const wrong = typeof url === 'string' ? urlError(url, policy) : undefined;
    return [
      ...(wrong === undefined ? [] : [{ path: 'url', message: wrong }]),
      ...(known || secret !== undefined ? [] : [{ path: 'secret', message: 'expected a secret for a new webhook' }]),
    ];
  },

  async handle({ webhooks }, { path, body, resource: known }) {
    if (!known && (await webhooks.store.all()).length >= maxWebhooks) {
      throw new AppError(
        'tooManyWebhooks',
        `There are ${maxWebhooks} webhooks, the most that there can be; delete one.`,
      );
    }
    const input = webhookInput.parse({ secret: known?.secret, ...body });
    const webhook: Webhook = { webhookId: path.webhookId, ...input };
    await webhooks.store.put(webhook);
    webhooks.subscribers.invalidate();
    return { body: toResource(webhook) };
  },
});

export const deleteWebhook = defineEndpoint({
  name: 'deleteWebhook',
  summary: 'Delete a webhook and the notifications that it missed',
  method: 'DELETE',
  path: 'webhooks/{webhookId}',
  success: { status: 204, description: 'The webhook is deleted' },
  errors: ['webhookNotFound'],
  roles: ['Webhooks.Write'],

  async handle({ webhooks, ledger }, { path }) {
    if (!(await webhooks.store.delete(path.webhookId))) {
      throw unknownWebhook();
    }
    webhooks.subscribers.invalidate();
    await webhooks.failures.purge(path.webhookId, ledger.now());
    return noContent;
  },
});

function unknownWebhook(): AppError {
  return new AppError('webhookNotFound', 'No webhook has this id.');
}
