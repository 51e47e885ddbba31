/** Delivers a queued message to its receiver: a failed attempt is queued again, the last one is stored as a failure. */
import type { Log } from '../log.ts';
import type { Queue } from '../storage/queues.ts';
import type { WebhookFailureStore } from '../storage/webhook-failures.ts';
import type { WebhookStore } from '../storage/webhooks.ts';
import { attempt, type Failed, type Sending, type Target } from './attempt.ts';
import { failureOf, isFinal } from './failure.ts';
import { type DeliveryMessage, messageIdOf, type Receiver, unpack } from './outbox-message.ts';
import type { Subscribers } from './subscribers.ts';
import { receiverId } from './webhook.ts';

export interface Deliverer extends Sending {
  readonly subscribers: Subscribers;
  readonly webhooks: WebhookStore;
  readonly failures: WebhookFailureStore;
  readonly queue: Queue<DeliveryMessage>;
  /** The pauses between attempts; after the last the delivery has failed. */
  readonly retrySeconds: readonly number[];
  readonly log: Log;
}

/** A receiver's `Retry-After` cannot postpone a message for longer than a day. */
const longestPauseSeconds = 86_400;

/** Delivers a message. Throws only when storage is unavailable: the queue then redelivers it. */
export async function deliver(deliverer: Deliverer, message: DeliveryMessage): Promise<void> {
  const { log, failures, queue, retrySeconds } = deliverer;
  const { receiver, attempt: attempts } = message;
  const event = unpack(message.packed);
  const ids = { receiver: receiverId(receiver), notificationId: messageIdOf(event), attempts };
  const target = await targetOf(deliverer, receiver);
  if (!target) {
    log.notificationDropped(ids);
    return;
  }
  const failed = await attempt(deliverer, target, event);
  if (!failed) {
    log.notificationDelivered(ids);
    return;
  }
  await disableGone(deliverer, receiver, target, failed);
  const pauseSeconds = isFinal(failed) ? undefined : retrySeconds[attempts - 1];
  const { reason, status, retryAfterSeconds = 0 } = failed;
  if (pauseSeconds === undefined) {
    await failures.add(ids.receiver, failureOf(event, attempts, failed));
    log.deliveryFailed({ ...ids, reason, status });
  } else {
    const again = { ...message, attempt: attempts + 1 };
    await queue.send(again, Math.min(Math.max(pauseSeconds, retryAfterSeconds), longestPauseSeconds));
    log.deliveryAttemptFailed({ ...ids, reason, status });
  }
}

/** The current target; undefined when the webhook was deleted or disabled since. */
async function targetOf({ subscribers, policy }: Deliverer, receiver: Receiver): Promise<Target | undefined> {
  if ('notifyUrl' in receiver) {
    return { url: receiver.notifyUrl, secret: policy.notifySecret };
  }
  const webhook = (await subscribers.all()).find(({ webhookId }) => webhookId === receiver.webhookId);
  return webhook?.enabled ? webhook : undefined;
}

/** A 410 unsubscribes (Standard Webhooks): the webhook is disabled until it is put again. */
async function disableGone(
  { webhooks, subscribers, log }: Deliverer,
  receiver: Receiver,
  { url }: Target,
  { reason }: Failed,
): Promise<void> {
  if (reason === 'gone' && 'webhookId' in receiver) {
    await webhooks.disable(receiver.webhookId, url);
    subscribers.invalidate();
    log.webhookDisabled(receiver);
  }
}
