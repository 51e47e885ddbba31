/** The ledger's side of webhooks: who is told of what, and the queue that carries it. Nothing here waits for a receiver. */
import type { FieldError } from '../errors.ts';
import type { Queue } from '../storage/queues.ts';
import type { WebhookFailureStore } from '../storage/webhook-failures.ts';
import type { CloudEvent } from './cloud-event.ts';
import { nameOf } from './event-types.ts';
import { failureOf } from './failure.ts';
import { type DeliveryMessage, type Notification, type OutboxMessage, pack, type Receiver } from './outbox-message.ts';
import type { Subscribers } from './subscribers.ts';
import { notifyUrlFault, type UrlPolicy } from './url-policy.ts';
import { receiverId, wants } from './webhook.ts';

export interface Notifier {
  /** The letters to those who want the news. Reads the webhooks when they are not known. */
  address(news: readonly Notification[]): Promise<readonly OutboxMessage[]>;
  /** Whether somebody wants to know how an operation with this `notifyUrl` ends. Reads the webhooks as well. */
  hasSettlementSubscriber(notifyUrl: string | undefined): Promise<boolean>;
  /** Puts letters on the queue, a message for each receiver. Throws when the queue does not take them. */
  send(letters: readonly OutboxMessage[]): Promise<void>;
  /** What is wrong with the `notifyUrl` of a request. */
  faultsOf(notifyUrl: unknown): readonly FieldError[];
  /** After this long, letters that are still in a call's outbox are not on their way. */
  readonly sweepAfterSeconds: number;
}

/** What it is made of. */
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
    async address(news) {
      if (news.length === 0) {
        return [];
      }
      const webhooks = await subscribers.all();
      return news.flatMap(({ event, notifyUrl }) => {
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
    async send(letters) {
      await Promise.all(letters.flatMap(({ event, receivers }) => receivers.map((one) => post(event, one))));
    },
    faultsOf(notifyUrl) {
      const message = typeof notifyUrl === 'string' ? notifyUrlFault(notifyUrl, policy) : undefined;
      return message === undefined ? [] : [{ path: 'notifyUrl', message }];
    },
  };
}
