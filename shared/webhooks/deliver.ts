/**
 * Delivers a queued message to its receiver. A failed attempt is stored, so that it can be read at once, and queued again; a
 * first attempt that succeeds is stored only where the settings ask for it.
 */
import type { Encryption } from '../encryption/encryption.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../storage/queues.ts';
import type { DeliveryStore, StoredDelivery } from '../storage/webhook-deliveries.ts';
import type { WebhookStore } from '../storage/webhooks.ts';
import { measureDelivery, measureDisabledWebhook } from '../telemetry/metrics.ts';
import { type Attempted, attempt, type Sending, type Target } from './attempt.ts';
import { callIdOf } from './cloud-event.ts';
import {
  type Attempt,
  type DeliveryRecord,
  failedFor,
  isFinal,
  isSuperseded,
  newDelivery,
  withAttempt,
} from './delivery.ts';
import { afterAttempt } from './health.ts';
import {
  type DeliveryMessage,
  notificationBinding,
  notifyUrlBinding,
  type Receiver,
  unpack,
} from './outbox-message.ts';
import { signingSecrets } from './rotation.ts';
import type { Subscribers } from './subscribers.ts';
import { receiverId, type Webhook } from './webhook.ts';
import { openedSecrets } from './webhook-secrets.ts';

export interface Deliverer extends Sending {
  readonly subscribers: Subscribers;
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
  readonly queue: Queue<DeliveryMessage>;
  readonly encryption: Encryption;
  /** The pauses between attempts; after the last the delivery has failed. */
  readonly retrySeconds: readonly number[];
  /** A webhook whose receiver accepts nothing for so long is disabled; never with 0. */
  readonly disableAfterSeconds: number;
  /** Deliveries that succeed at once are stored as well. */
  readonly recordsDelivered: boolean;
  readonly log: Log;
}

/** A receiver's `Retry-After` cannot postpone a message for longer than a day. */
const longestPauseSeconds = 86_400;

/** A message on its way: its delivery as it is stored, or would be, and the ids by which it is logged. */
interface Underway {
  readonly message: DeliveryMessage;
  readonly stored: StoredDelivery | undefined;
  readonly delivery: StoredDelivery | DeliveryRecord;
  readonly ids: { readonly receiver: string; readonly notificationId: string; readonly attempts: number };
}

/** Delivers a message. Throws only when storage is unavailable: the queue then redelivers it. */
export async function deliver(deliverer: Deliverer, message: DeliveryMessage): Promise<void> {
  const { receiver, packed, sealed, attempt: attempts, run = 1 } = message;
  const event = unpack(packed);
  const fresh = newDelivery(event, receiver, message, run);
  const ids = { receiver: receiverId(receiver), notificationId: fresh.notificationId, attempts };
  const stored = isFirst(message) ? undefined : await deliverer.deliveries.get(ids.receiver, fresh.deliveryId);
  if (stored && isSuperseded(stored.record, run)) {
    deliverer.log.deliverySuperseded(ids);
    return;
  }
  const underway = { message, stored, delivery: stored ?? fresh, ids };
  const target = await targetOf(deliverer, receiver, callIdOf(event));
  // The deliveries of a deleted webhook are gone as well.
  if (!stored && !isFirst(message) && target !== 'deleted') {
    deliverer.log.notificationErased(ids);
    return;
  }
  if (target === 'deleted' || target === 'disabled') {
    await drop(deliverer, underway, target);
    return;
  }
  const sent = sealed ? unpack(await deliverer.encryption.open(sealed, notificationBinding(event))) : event;
  const attempted = await attempt(deliverer, target, sent);
  const pauseSeconds = pauseAfter(deliverer, attempts, attempted);
  await judge(deliverer, receiver, target, attempted.attempt, pauseSeconds === undefined);
  await conclude(deliverer, underway, attempted.attempt, pauseSeconds);
}

/** Whether no attempt was made before, so that nothing is stored of the delivery. */
function isFirst({ attempt: attempts, run = 1 }: DeliveryMessage): boolean {
  return attempts === 1 && run === 1;
}

/** Ends a delivery whose webhook takes no messages. That of a disabled one is kept, so that it can be sent again. */
async function drop(
  { deliveries, log }: Deliverer,
  { stored, delivery, ids }: Underway,
  target: 'deleted' | 'disabled',
): Promise<void> {
  if (target === 'disabled') {
    await deliveries.change(ids.receiver, delivery, (one) => failedFor(one, 'disabled'));
  } else if (stored) {
    await deliveries.remove(ids.receiver, stored.record.deliveryId);
  }
  log.notificationDropped(ids);
}

/** Stores an attempt that is to be listed, and queues the next one if there is one. */
async function conclude(
  deliverer: Deliverer,
  { message, delivery, ids }: Underway,
  made: Attempt,
  pauseSeconds: number | undefined,
): Promise<void> {
  const { deliveries, queue, log } = deliverer;
  const { reason, status } = made;
  const nextAt = pauseSeconds === undefined ? undefined : later(deliverer.now(), pauseSeconds);
  if (reason !== undefined || !isFirst(message) || deliverer.recordsDelivered) {
    await deliveries.change(ids.receiver, delivery, (one) => withAttempt(one, message.run ?? 1, made, nextAt));
  }
  if (reason === undefined) {
    measureDelivery('delivered');
    log.notificationDelivered(ids);
  } else if (pauseSeconds === undefined) {
    measureDelivery('failed');
    log.deliveryFailed({ ...ids, reason, status });
  } else {
    await queue.send({ ...message, attempt: ids.attempts + 1 }, pauseSeconds);
    measureDelivery('retried');
    log.deliveryAttemptFailed({ ...ids, reason, status });
  }
}

/** The pause before the next attempt; undefined when there is none. */
function pauseAfter(
  { retrySeconds }: Deliverer,
  attempts: number,
  { attempt: made, retryAfterSeconds = 0 }: Attempted,
): number | undefined {
  const seconds = made.reason === undefined || isFinal(made) ? undefined : retrySeconds[attempts - 1];
  return seconds === undefined ? undefined : Math.min(Math.max(seconds, retryAfterSeconds), longestPauseSeconds);
}

function later(now: string, seconds: number): string {
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
}

/** The current target; the webhook may have been deleted or disabled since. */
async function targetOf(
  { subscribers, policy, encryption, now }: Deliverer,
  receiver: Receiver,
  callId: string | undefined,
): Promise<Target | 'deleted' | 'disabled'> {
  if ('notifyUrl' in receiver) {
    const url = await encryption.open(receiver.notifyUrl, notifyUrlBinding(callId));
    return { url, secrets: policy.notifySecret };
  }
  const webhook = await webhookOf(subscribers, receiver.webhookId);
  if (!webhook) {
    return 'deleted';
  }
  return webhook.enabled ? targetOfWebhook(encryption, webhook, now()) : 'disabled';
}

/** The webhook of an id, at most as old as the cache. */
async function webhookOf(subscribers: Subscribers, id: string): Promise<Webhook | undefined> {
  return (await subscribers.all()).find(({ webhookId }) => webhookId === id);
}

/** Where a webhook's messages go, and what signs them. */
export async function targetOfWebhook(encryption: Encryption, webhook: Webhook, now: string): Promise<Target> {
  const { webhookId, url } = webhook;
  return { webhookId, url, secrets: signingSecrets(await openedSecrets(encryption, webhook), now) };
}

/** Stores with the webhook what an attempt shows of its receiver. A healthy webhook costs nothing. */
async function judge(
  { webhooks, subscribers, disableAfterSeconds, log }: Deliverer,
  receiver: Receiver,
  { url }: Target,
  made: Attempt,
  isLast: boolean,
): Promise<void> {
  if (!('webhookId' in receiver)) {
    return;
  }
  const change = (webhook: Webhook) => afterAttempt(webhook, { attempt: made, isLast, disableAfterSeconds });
  const cached = await webhookOf(subscribers, receiver.webhookId);
  if (!cached || !change(cached)) {
    return;
  }
  const changed = await webhooks.change(receiver.webhookId, url, change);
  subscribers.invalidate();
  if (changed?.disabledReason !== undefined) {
    measureDisabledWebhook(changed.disabledReason);
    log.webhookDisabled({ webhookId: changed.webhookId, reason: changed.disabledReason });
  }
}
