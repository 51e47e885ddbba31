/** A webhook: a receiver of the user's back end, and which events it wants. */
import * as z from 'zod';
import { eventNames } from './event-types.ts';
import type { Receiver } from './outbox-message.ts';
import { signingSecret } from './signature.ts';
import { maxUrlLength } from './url-policy.ts';

const url = z.string().max(maxUrlLength).meta({ description: 'https URL that events are posted to', format: 'uri' });

const eventTypes = z
  .array(z.enum(eventNames))
  .meta({ description: 'Short names of the wanted events, such as `CallConnected`; `[]` for all' });

/** The body of `PUT /webhooks/{webhookId}`. */
export const webhookInput = z.strictObject({
  url,
  secret: signingSecret,
  eventTypes,
  enabled: z.boolean().default(true),
});

/** The webhook resource: all but the secret, which is never read back. */
export const webhookSchema = z
  .object({
    webhookId: z.string(),
    url,
    eventTypes,
    enabled: z.boolean(),
    disabledBy: z
      .literal('receiver')
      .optional()
      .meta({ description: 'The receiver answered 410: it wants no more events' }),
  })
  .meta({ id: 'Webhook' });

/** What is stored of it. */
export type Webhook = Readonly<z.output<typeof webhookSchema>> & { readonly secret: string };

/** The webhook resource of a stored webhook. */
export function toResource({ secret: _, ...webhook }: Webhook): z.output<typeof webhookSchema> {
  return webhook;
}

/** Whether a webhook is told of the events of a name. */
export function wants({ enabled, eventTypes }: Webhook, name: string): boolean {
  return enabled && (eventTypes.length === 0 || eventTypes.some((one) => one === name));
}

/** The name under which failures of every `notifyUrl` are listed: no webhook can have it. */
export const notifyUrlId = 'notifyUrl';

/** Names a webhook: a word that fits a URL. */
export function isWebhookId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && text !== notifyUrlId;
}

/** The name under which the failures of a receiver are kept. */
export function receiverId(receiver: Receiver): string {
  return 'webhookId' in receiver ? receiver.webhookId : notifyUrlId;
}
