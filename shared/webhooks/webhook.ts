/** A webhook: the URL of a receiver, and the events that it subscribes to. */
import * as z from 'zod';
import type { Sealed } from '../encryption/sealed.ts';
import { maxUrlLength } from '../urls/url-policy.ts';
import { eventNames } from './event-types.ts';
import type { Receiver } from './outbox-message.ts';
import { previousSecretUntil, type Secrets } from './rotation.ts';
import { signingSecret } from './signature.ts';

const url = z.string().max(maxUrlLength).meta({ description: 'https URL that events are posted to', format: 'uri' });

const eventTypes = z.array(z.enum(eventNames).meta({ id: 'EventType' })).meta({
  id: 'EventTypes',
  description: 'Short names of the subscribed events, such as `CallConnected`; `[]` for all',
});

/** The body of `PUT /webhooks/{webhookId}`. */
export const webhookInput = z.strictObject({
  url,
  secret: signingSecret,
  eventTypes,
  enabled: z.boolean().default(true),
  previousSecretSeconds: z
    .int()
    .min(0)
    .max(2_592_000)
    .optional()
    .meta({
      description:
        'How long replaced secrets also sign from now on; NOTIFY_SECRET_OVERLAP_SECONDS for the one that this request ' +
        'replaces unless given. 0 ends them at once: for a secret that has leaked',
    }),
});

/** The webhook resource, without the secret: it is write-only. */
export const webhookSchema = z
  .object({
    webhookId: z.string(),
    url,
    eventTypes,
    enabled: z.boolean(),
    previousSecretUntil: z.iso.datetime().optional().meta({
      description: 'Until then replaced secrets also sign',
    }),
    failingSince: z.iso.datetime().optional().meta({
      description: 'Time of the first failed attempt since the receiver last accepted a message',
    }),
    disabledReason: z
      .enum(['gone', 'failing'])
      .optional()
      .meta({
        description:
          'Why the app disabled it: the receiver responded 410, which unsubscribes, or accepted nothing for ' +
          'NOTIFY_DISABLE_AFTER_SECONDS. PUT enables it again',
      }),
    disabledAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Webhook' });

/** A webhook as stored: its secrets are encrypted. */
export type Webhook = Readonly<Omit<z.output<typeof webhookSchema>, 'previousSecretUntil'>> &
  Secrets<Sealed> & {
    /** Another one with each PUT: what deliveries show of the receiver is stored with the webhook as well. */
    readonly revision?: string;
  };

/** The webhook resource of a stored webhook. */
export function toResource({ secret: _, revision: __, previous, ...webhook }: Webhook): z.output<typeof webhookSchema> {
  const until = previousSecretUntil(previous);
  return { ...webhook, ...(until !== undefined && { previousSecretUntil: until }) };
}

/** Whether a webhook subscribes to the events of a name. */
export function wants({ enabled, eventTypes }: Webhook, name: string): boolean {
  return enabled && (eventTypes.length === 0 || eventTypes.some((one) => one === name));
}

/** The reserved id under which deliveries to every `notifyUrl` are listed. */
export const notifyUrlId = 'notifyUrl';

/** The id of a webhook: a word that needs no escaping in a URL. */
export function isWebhookId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && text !== notifyUrlId;
}

/** The id under which the deliveries to a receiver are stored. */
export function receiverId(receiver: Receiver): string {
  return 'webhookId' in receiver ? receiver.webhookId : notifyUrlId;
}
