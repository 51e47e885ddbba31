/** Addresses notifications to their subscribers and queues them. Nothing here waits for a receiver. */
import type { FieldError } from '../errors.ts';
import type { Queue } from '../storage/queues.ts';
import type { WebhookFailureStore } from '../storage/webhook-failures.ts';
import type { CloudEvent } from './cloud-event.ts';
import { nameOf } from './event-types.ts';
import { failureOf } from './failure.ts';
import { type DeliveryMessage, type Notification, type OutboxMessage, pack, type Receiver } from './outbox-message.ts';
import type { Subscribers } from './subscribers.ts';
import { notifyUrlError, type UrlPolicy } from './url-policy.ts';
import { receiverId, wants } from './webhook.ts';

export interface Notifier {
  /** The outbox messages of notifications that have subscribers. Reads the webhooks unless they are cached. */
  address(notifications: readonly Notification[]): Promise<readonly OutboxMessage[]>;
  /** Whether the outcome of an operation with this `notifyUrl` has a subscriber. Reads the webhooks unless they are cached. */
  hasSettlementSubscriber(notifyUrl: string | undefined): Promise<boolean>;
  /** Queues one delivery per receiver. Throws when the queue is unavailable. */
  send(messages: readonly OutboxMessage[]): Promise<void>;
  /** The validation errors of a request's `notifyUrl`. */
  notifyUrlErrors(notifyUrl: unknown): readonly FieldError[];
  /** Messages that have been in an outbox for longer are lost to their process: housekeeping sends them. */
  readonly sweepAfterSeconds: number;
}

export interface NotifierParts {
  readonly subscribers: Subscribers;
  readonly queue: Queue<DeliveryMessage>;
  readonly failures: WebhookFailureStore;
  readonly policy: UrlPolicy;
  readonly sweepAfterSeconds: number;
}

export function openNotifier(parts: NotifierParts): Notifier {
  const { subscribers, queue, failures, policy, sweepAfterSeconds } = parts;

  async function post(event: CloudEvent, receiver: Receiver): Promise<void> {
    const packed = pack(event);
    if (packed === undefined) {
      await failures.add(receiverId(receiver), failureOf(event, 0, { reason: 'tooLarge' }));
    } else {
      await queue.send({ receiver, attempt: 1, packed });
    }
  }

  return {
    sweepAfterSeconds,
    async address(notifications) {
      if (notifications.length === 0) {
        return [];
      }
      const webhooks = await subscribers.all();
      return notifications.flatMap(({ event, notifyUrl }) => {
        const wanting = webhooks.filter((webhook) => wants(webhook, nameOf(event.type)));
        const receivers: Receiver[] = wanting.map(({ webhookId }) => ({ webhookId }));
        if (notifyUrl !== undefined) {
          receivers.push({ notifyUrl });
        }
        return receivers.length > 0 ? [{ event, receivers }] : [];
      });
    },
    async hasSettlementSubscriber(notifyUrl) {
      return notifyUrl !== undefined || (await subscribers.all()).some((webhook) => wants(webhook, 'OperationSettled'));
    },
    async send(messages) {
      await Promise.all(messages.flatMap(({ event, receivers }) => receivers.map((one) => post(event, one))));
    },
    notifyUrlErrors(notifyUrl) {
      const message = typeof notifyUrl === 'string' ? notifyUrlError(notifyUrl, policy) : undefined;
      return message === undefined ? [] : [{ path: 'notifyUrl', message }];
    },
  };
}
