/** Deliveries: the attempts to send each message to a webhook, or to the URLs of operations, and sending one again. */
import * as z from 'zod';
import type { Invocation } from '../../app.ts';
import { AppError } from '../../errors.ts';
import { type DeliveryRecord, deliverySchema, deliveryStatuses, toDelivery } from '../../webhooks/delivery.ts';
import { notifyUrlBinding } from '../../webhooks/outbox-message.ts';
import { resend } from '../../webhooks/resend.ts';
import { notifyUrlId } from '../../webhooks/webhook.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { fillPage } from '../page.ts';
import { findWebhook } from './webhooks.ts';

export const listWebhookDeliveries = defineList({
  name: 'listWebhookDeliveries',
  summary: `The deliveries to a webhook of which an attempt failed, the newest event first; \`${notifyUrlId}\` as its id lists those to the URLs of operations`,
  path: 'webhooks/{webhookId}/deliveries',
  filters: {
    status: z.enum(deliveryStatuses).optional().meta({ description: 'Only those with this status' }),
  },
  items: deliverySchema,
  errors: ['webhookNotFound'],
  roles: ['Webhooks.Write'],

  find: findReceiver,

  handle: ({ webhooks }, { path, filters: { status }, limit, position }) =>
    fillPage(
      (rows, from) => webhooks.deliveries.list(path.webhookId, rows, from),
      async (delivery) => (status === undefined || delivery.status === status ? shown(webhooks, delivery) : undefined),
      limit,
      position,
    ),
});

export const getWebhookDelivery = defineEndpoint({
  name: 'getWebhookDelivery',
  summary: 'A delivery with its attempts',
  method: 'GET',
  path: 'webhooks/{webhookId}/deliveries/{deliveryId}',
  success: { status: 200, description: 'The delivery', schema: deliverySchema },
  errors: ['webhookNotFound', 'deliveryNotFound'],
  roles: ['Webhooks.Write'],

  find: findDelivery,

  version: ({ etag }) => ({ etag }),

  async handle({ webhooks }, { resource }) {
    return { body: await shown(webhooks, resource.record) };
  },
});

export const resendWebhookDelivery = defineEndpoint({
  name: 'resendWebhookDelivery',
  summary:
    'Send a message again under the same `webhook-id`, with retries as at first, whether it was delivered or not',
  method: 'POST',
  path: 'webhooks/{webhookId}/deliveries/{deliveryId}/resend',
  success: { status: 202, description: 'The delivery, which is pending again', schema: deliverySchema },
  errors: ['webhookNotFound', 'deliveryNotFound', 'webhookDisabled', 'conflict'],
  roles: ['Webhooks.Write'],

  find: findDelivery,

  async handle({ deliverer, webhooks }, { resource: { webhook, record, etag } }) {
    if (webhook?.value.enabled === false) {
      throw new AppError('webhookDisabled', 'The webhook is disabled. Enable it by PUT, then resend the delivery.');
    }
    return { body: await shown(webhooks, await resend(deliverer, { record, etag })) };
  },
});

/** A delivery as it is answered. */
async function shown({ encryption }: Invocation['webhooks'], delivery: DeliveryRecord) {
  const { receiver, callId } = delivery;
  const url = 'notifyUrl' in receiver && (await encryption.open(receiver.notifyUrl, notifyUrlBinding(callId)));
  return toDelivery(delivery, url || undefined);
}

/** Loads the webhook; undefined for the URLs of operations. Throws the 404. */
async function findReceiver(app: Invocation, path: { readonly webhookId: string }) {
  return path.webhookId === notifyUrlId ? undefined : findWebhook(app, path);
}

/** Loads a delivery and its webhook. Throws the 404 of either. */
async function findDelivery(app: Invocation, path: { readonly webhookId: string; readonly deliveryId: string }) {
  const webhook = await findReceiver(app, path);
  const delivery = await app.webhooks.deliveries.get(path.webhookId, path.deliveryId);
  if (!delivery) {
    throw new AppError('deliveryNotFound', 'The webhook has no delivery with this id, or it is kept no more.');
  }
  return { webhook, ...delivery };
}
