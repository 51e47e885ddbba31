/** The way of a notification: addressed as an outbox message, then queued as one delivery message per receiver. */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { type Sealed, sealedSchema } from '../encryption/sealed.ts';
import { type CloudEvent, callIdOf } from './cloud-event.ts';

/** An event, and the URL that gets it besides its subscribed webhooks; unmasked, where it gets it so. */
export interface Notification {
  readonly event: CloudEvent;
  readonly notifyUrl?: Sealed | undefined;
  readonly unmasked?: CloudEvent | undefined;
}

/** An event with its receivers, stored until the queue has it, and the log where it is to be logged. */
export interface OutboxMessage {
  readonly event: CloudEvent;
  readonly receivers: readonly Receiver[];
  /** The event as its receivers get it, where it holds what is masked for everyone else. */
  readonly sealed?: Sealed;
  readonly isToBeLogged?: true;
}

/** A webhook, or the URL that came with an operation: encrypted, because callers put secrets into its query. */
export type Receiver = { readonly webhookId: string } | { readonly notifyUrl: Sealed };

/** Encrypted notifyUrls open for the events of their call only, and encrypted events for their id. */
export const notifyUrlBinding = (callId: string | undefined) => ['notifyUrl', String(callId)] as const;
export const notificationBinding = (event: CloudEvent) => ['notification', String(callIdOf(event)), event.id] as const;

/** The queue message of one event to one receiver. */
export interface DeliveryMessage {
  readonly receiver: Receiver;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Which resend of the delivery it belongs to; absent in the first run. */
  readonly run?: number | undefined;
  /** The event, compressed: a queue message holds 64 KiB, and the participants of a large room may exceed that. */
  readonly packed: string;
  /** The event unmasked, compressed and encrypted, for a receiver that gets it so. */
  readonly sealed?: Sealed | undefined;
}

const messageSchema: z.ZodType<DeliveryMessage> = z.object({
  receiver: z.union([z.object({ webhookId: z.string().min(1) }), z.object({ notifyUrl: sealedSchema })]),
  attempt: z.int().min(1),
  run: z.int().min(1).optional(),
  packed: z.base64().refine(isPacked, 'expected an event, compressed and in base64'),
  sealed: sealedSchema.optional(),
});

/** Parses a queue message. Throws a ZodError when it is none. */
export function readMessage(received: unknown): DeliveryMessage {
  return messageSchema.parse(received);
}

/** The `webhook-id` of an event: its id, encoded for a header. */
export function messageIdOf({ id }: CloudEvent): string {
  return encodeURIComponent(id.toWellFormed());
}

/** The queue's limit in base64, less the other members of a message. */
const maxPackedLength = 44_000;

/** The compressed event. */
export function pack(event: CloudEvent): string {
  return gzipSync(JSON.stringify(event)).toString('base64');
}

/** Whether a queue message can carry a compressed event, and its encrypted form. */
export function fitsMessage({
  packed,
  sealed = '',
}: Pick<DeliveryMessage, 'packed'> & { readonly sealed?: string | undefined }): boolean {
  return packed.length + sealed.length <= maxPackedLength;
}

/** Whether a text is an event, compressed. */
export function isPacked(packed: string): boolean {
  try {
    const { id } = unpack(packed);
    return typeof id === 'string';
  } catch {
    return false;
  }
}

/** The event of a message. */
export function unpack(packed: string): CloudEvent {
  return JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString());
}
