/** A webhook: the URL of a receiver, and the events that it subscribes to. */
import * as z from 'zod';
import { eventNames } from './event-types.ts';
import type { Receiver } from './outbox-message.ts';
import { signingSecret } from './signature.ts';
import { maxUrlLength } from './url-policy.ts';

const url = z.string().max(maxUrlLength).meta({ description: 'https URL that events are posted to', format: 'uri' });

const eventTypes = z
  .array(z.enum(eventNames))
  .meta({ description: 'Short names of the subscribed events, such as `CallConnected`; `[]` for all' });

/** The body of `PUT /webhooks/{webhookId}`. */
export const webhookInput = z.strictObject({
  url,
  secret: signingSecret,
  eventTypes,
  enabled: z.boolean().default(true),
});

/** The webhook resource, without the secret: it is write-only. */
export const webhookSchema = z
  .object({
    webhookId: z.string(),
    url,
    eventTypes,
    enabled: z.boolean(),
    disabledBy: z
      .literal('receiver')
      .optional()
      .meta({ description: 'The receiver responded 410, which unsubscribes' }),
  })
  .meta({ id: 'Webhook' });

/** A webhook as stored. */
export type Webhook = Readonly<z.output<typeof webhookSchema>> & { readonly secret: string };

/** The webhook resource of a stored webhook. */
export function toResource({ secret: _, ...webhook }: Webhook): z.output<typeof webhookSchema> {
  return webhook;
}

/** Whether a webhook subscribes to the events of a name. */
export function wants({ enabled, eventTypes }: Webhook, name: string): boolean {
  return enabled && (eventTypes.length === 0 || eventTypes.some((one) => one === name));
}

/** The reserved id under which failures of every `notifyUrl` are listed. */
export const notifyUrlId = 'notifyUrl';

/** The id of a webhook: a word that needs no escaping in a URL. */
export function isWebhookId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && text !== notifyUrlId;
}

/** The id under which the failures of a receiver are stored. */
export function receiverId(receiver: Receiver): string {
  return 'webhookId' in receiver ? receiver.webhookId : notifyUrlId;
}
