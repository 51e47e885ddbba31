/** What travels from the ledger to a receiver: news, addressed as letters, which go as one message to each receiver. */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { CloudEvent } from './cloud-event.ts';

/** An event, and where it goes besides the webhooks that want it. */
export interface Notification {
  readonly event: CloudEvent;
  readonly notifyUrl?: string | undefined;
}

/** An event that somebody is told of. */
export interface OutboxMessage {
  readonly event: CloudEvent;
  readonly receivers: readonly Receiver[];
}

/** A webhook, or the URL that came with an operation. */
export type Receiver = { readonly webhookId: string } | { readonly notifyUrl: string };

/** One letter to one receiver, as the queue carries it. */
export interface DeliveryMessage {
  readonly receiver: Receiver;
  /** The attempts that were made, this one included. */
  readonly attempt: number;
  /** The event, compressed: a queue takes 64 KiB, and the participants of a large room may be more. */
  readonly packed: string;
}

const messageSchema: z.ZodType<DeliveryMessage> = z.object({
  receiver: z.union([z.object({ webhookId: z.string().min(1) }), z.object({ notifyUrl: z.string().min(1) })]),
  attempt: z.int().min(1),
  packed: z.base64().refine(isPacked, 'expected an event, compressed and in base64'),
});

/** The message that was received from the queue. Throws what zod says when it is none. */
export function readMessage(received: unknown): DeliveryMessage {
  return messageSchema.parse(received);
}

/** The `webhook-id` of an event: its own id, as a header can have it. */
export function messageIdOf({ id }: CloudEvent): string {
  return encodeURIComponent(id.toWellFormed());
}

/** The queue's limit in base64, less what a message holds besides. */
const maxPackedLength = 44_000;

/** The event as a message carries it; undefined when no message can. */
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
