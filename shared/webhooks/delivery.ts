/** A delivery: one message on its way to one receiver, with its attempts. It is stored once an attempt has failed. Pure. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { digitsAndSpeech } from '../calls/masking.ts';
import type { Sealed } from '../encryption/sealed.ts';
import { newestFirst } from '../storage/document.ts';
import { type CloudEvent, callIdOf, cloudEventSchema } from './cloud-event.ts';
import { type DeliveryMessage, messageIdOf, type Receiver, unpack } from './outbox-message.ts';

/** Reasons that may pass: the attempt is retried. */
const transientReasons = ['refused', 'timeout', 'unreachable', 'busy'] as const;

/** Reasons that will not pass: no retry. */
const finalReasons = ['gone', 'notAllowed', 'addressNotPublic', 'tooLarge', 'disabled'] as const;

const reason = z.enum([...transientReasons, ...finalReasons]).meta({ id: 'DeliveryFailure' });

/** One attempt. The text of the response is the receiver's and may name people, so it is kept as long as the delivery only. */
export const attemptSchema = z
  .object({
    at: z.iso.datetime(),
    durationMs: z.int(),
    status: z.int().optional().meta({ description: 'Status of the response; absent when there was none' }),
    reason: reason.optional().meta({ description: 'Why it failed; absent when the receiver accepted the message' }),
    response: z.string().optional().meta({ description: 'The first KiB of the response' }),
  })
  .meta({ id: 'DeliveryAttempt' });

export type Attempt = Readonly<z.output<typeof attemptSchema>>;

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;

/** The most attempts of a delivery that are kept; older ones are dropped. */
export const maxAttempts = 20;

/** The delivery resource of the API. */
export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    notificationId: z.string().meta({ description: 'The `webhook-id` of the message, the same at each attempt' }),
    callId: z.uuid().optional(),
    host: z.string().optional().meta({ description: 'Host of the URL, of a delivery to a `notifyUrl`' }),
    status: z.enum(deliveryStatuses).meta({ description: '`pending` while it is retried' }),
    reason: reason.optional().meta({ description: 'Why it is not delivered' }),
    attempts: z.array(attemptSchema).meta({ description: `The last ${maxAttempts} attempts, the first one first` }),
    nextAttemptAt: z.iso.datetime().optional().meta({ description: 'Of a pending delivery' }),
    event: cloudEventSchema.meta({ description: 'The CloudEvent that is delivered' }),
  })
  .meta({ id: 'WebhookDelivery' });

export type Delivery = Readonly<z.output<typeof deliverySchema>>;

/** A delivery as stored. */
export interface DeliveryRecord
  extends Readonly<Pick<Delivery, 'deliveryId' | 'notificationId' | 'callId' | 'status' | 'reason' | 'nextAttemptAt'>> {
  readonly attempts: readonly Attempt[];
  /** Its URL may hold a secret of the caller, and is in no response. */
  readonly receiver: Receiver;
  /** Counts its resends from 1. Queue messages of an earlier run are ignored. */
  readonly run: number;
  /** The event, compressed. */
  readonly packed: string;
  /** The event unmasked, compressed and encrypted, for a receiver that gets it so. */
  readonly sealed?: Sealed | undefined;
}

/** A delivery without an attempt. */
export function newDelivery(
  event: CloudEvent,
  receiver: Receiver,
  { packed, sealed }: Pick<DeliveryMessage, 'packed' | 'sealed'>,
  run = 1,
): DeliveryRecord {
  const callId = callIdOf(event);
  return {
    deliveryId: deliveryIdOf(event, receiver),
    notificationId: messageIdOf(event),
    ...(callId !== undefined && { callId }),
    status: 'pending',
    attempts: [],
    receiver,
    run,
    packed,
    ...(sealed && { sealed }),
  };
}

/** The id of a delivery: the same for every copy of its message, sorted by the time of the event, the newest first. */
export function deliveryIdOf({ id, source, time }: CloudEvent, receiver: Receiver): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([source, id, receiver]))
    .digest('base64url');
  return `${newestFirst(time)}-${digest.slice(0, 16)}`;
}

/** Whether a queue message of a run has nothing left to do: the delivery has ended, or was sent again since. */
export function isSuperseded({ status, run }: DeliveryRecord, runOfMessage: number): boolean {
  return status !== 'pending' || run !== runOfMessage;
}

/** Adds an attempt of a run. Without a next one, a failure is final. An attempt that is stored already changes nothing. */
export function withAttempt(
  delivery: DeliveryRecord,
  run: number,
  attempt: Attempt,
  nextAttemptAt: string | undefined,
): DeliveryRecord {
  const text = JSON.stringify(attempt);
  if (delivery.attempts.some((one) => JSON.stringify(one) === text)) {
    return delivery;
  }
  const added = { ...delivery, attempts: [...delivery.attempts, attempt].slice(-maxAttempts) };
  if (attempt.reason === undefined) {
    return { ...open(added), status: 'delivered' };
  }
  if (isSuperseded(delivery, run)) {
    return added;
  }
  return nextAttemptAt === undefined
    ? failedFor(added, attempt.reason)
    : { ...open(added), reason: attempt.reason, nextAttemptAt };
}

/** The delivery, failed for good. */
export function failedFor(delivery: DeliveryRecord, why: z.output<typeof reason>): DeliveryRecord {
  return { ...open(delivery), status: 'failed', reason: why };
}

/** The delivery, to be sent again as if it never had been. */
export function resent(delivery: DeliveryRecord, now: string): DeliveryRecord {
  return { ...open(delivery), status: 'pending', run: delivery.run + 1, nextAttemptAt: now };
}

function open({ reason: _, nextAttemptAt: __, ...delivery }: DeliveryRecord): DeliveryRecord {
  return delivery;
}

/** Whether such a failure is not retried. */
export function isFinal(attempt: Attempt): boolean {
  return finalReasons.some((one) => one === attempt.reason);
}

/** The members of an event that may hold digits or speech, which only the requester of an operation may see. */
const forRequester = ['result', ...digitsAndSpeech];

/** The delivery resource of a stored delivery. What goes to the `url` of an operation is shown without digits and speech. */
export function toDelivery(
  { receiver: _, run: __, packed, sealed: ___, attempts, ...delivery }: DeliveryRecord,
  url: string | undefined,
): Delivery {
  const event = unpack(packed);
  const covered = Object.entries(event.data).map(([name, value]) => [
    name,
    forRequester.includes(name) ? { masked: true } : value,
  ]);
  return {
    ...delivery,
    attempts: [...attempts],
    ...(url === undefined
      ? { event: { ...event } }
      : { host: new URL(url).host, event: { ...event, data: Object.fromEntries(covered) } }),
  };
}
