/** Sends what a delivery holds once more, under the same `webhook-id`, whether it failed or was delivered. */
import { AppError } from '../errors.ts';
import type { Queue } from '../storage/queues.ts';
import type { DeliveryStore, StoredDelivery } from '../storage/webhook-deliveries.ts';
import { type DeliveryRecord, resent } from './delivery.ts';
import { type DeliveryMessage, fitsMessage } from './outbox-message.ts';
import { receiverId } from './webhook.ts';

interface Resender {
  readonly deliveries: DeliveryStore;
  readonly queue: Queue<DeliveryMessage>;
  readonly now: () => string;
}

/**
 * Starts a new run of a delivery; a run that is still retried ends. The row is written first: after a crash between the two
 * it is pending without a message, and the client, which has no response, retries.
 */
export async function resend({ deliveries, queue, now }: Resender, stored: StoredDelivery): Promise<DeliveryRecord> {
  if (!fitsMessage(stored.record)) {
    throw new AppError('conflict', 'The event is too large to be sent. It is in the delivery.');
  }
  const delivery = await deliveries.change(receiverId(stored.record.receiver), stored, (one) => resent(one, now()));
  const { receiver, packed, sealed, run } = delivery;
  await queue.send({ receiver, attempt: 1, run, packed, sealed });
  return delivery;
}
