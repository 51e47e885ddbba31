/** The way of a notification: addressed as an outbox message, then queued as one delivery message per receiver. */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { CloudEvent } from './cloud-event.ts';

/** An event, and the URL that gets it besides its subscribed webhooks. */
export interface Notification {
  readonly event: CloudEvent;
  readonly notifyUrl?: string | undefined;
}

/** An event with its receivers, stored until the queue has it. */
export interface OutboxMessage {
  readonly event: CloudEvent;
  readonly receivers: readonly Receiver[];
}

/** A webhook, or the URL that came with an operation. */
export type Receiver = { readonly webhookId: string } | { readonly notifyUrl: string };

/** The queue message of one event to one receiver. */
export interface DeliveryMessage {
  readonly receiver: Receiver;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** The event, compressed: a queue message holds 64 KiB, and the participants of a large room may exceed that. */
  readonly packed: string;
}

const messageSchema: z.ZodType<DeliveryMessage> = z.object({
  receiver: z.union([z.object({ webhookId: z.string().min(1) }), z.object({ notifyUrl: z.string().min(1) })]),
  attempt: z.int().min(1),
  packed: z.base64().refine(isPacked, 'expected an event, compressed and in base64'),
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

/** The compressed event; undefined when it is too large for a message. */
export function pack(event: CloudEvent): string | undefined {
  const packed = gzipSync(JSON.stringify(event)).toString('base64');
  return packed.length > maxPackedLength ? undefined : packed;
}

function isPacked(packed: string): boolean {
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
