/** Addresses notifications to their subscribers and to the log of events, and queues them. Nothing here waits for a receiver. */

import type { Encryption } from '../encryption/encryption.ts';
import type { Sealed } from '../encryption/sealed.ts';
import type { FieldError } from '../errors.ts';
import type { EventLog } from '../storage/event-log.ts';
import type { Queue } from '../storage/queues.ts';
import type { DeliveryStore } from '../storage/webhook-deliveries.ts';
import { failedFor, newDelivery } from './delivery.ts';
import { nameOf } from './event-types.ts';
import {
  type DeliveryMessage,
  fitsMessage,
  type Notification,
  notificationBinding,
  notifyUrlBinding,
  type OutboxMessage,
  pack,
  type Receiver,
} from './outbox-message.ts';
import { notifyUrlError, type ReceiverPolicy } from './receiver-policy.ts';
import type { Subscribers } from './subscribers.ts';
import { receiverId, wants } from './webhook.ts';

export interface Notifier {
  /** The outbox messages of notifications that have subscribers; of all while events are logged. Reads the webhooks unless they are cached. */
  address(notifications: readonly Notification[]): Promise<readonly OutboxMessage[]>;
  /** Whether the outcome of an operation with this `notifyUrl` has a subscriber. Reads the webhooks unless they are cached. */
  hasSettlementSubscriber(notifyUrl: Sealed | undefined): Promise<boolean>;
  /** Queues one delivery per receiver, and logs the events. Throws when the queue or the log is unavailable. */
  send(messages: readonly OutboxMessage[]): Promise<void>;
  /** A `notifyUrl` as it is stored with the operations of a call. */
  sealedUrl(notifyUrl: string, callId: string): Promise<Sealed>;
  /** The validation errors of a request's `notifyUrl`. */
  notifyUrlErrors(notifyUrl: unknown): readonly FieldError[];
  /** Messages that have been in an outbox for longer are lost to their process: housekeeping sends them. */
  readonly sweepAfterSeconds: number;
}

export interface NotifierParts {
  readonly subscribers: Subscribers;
  readonly queue: Queue<DeliveryMessage>;
  readonly deliveries: DeliveryStore;
  /** Undefined while events are not logged. */
  readonly eventLog: EventLog | undefined;
  readonly policy: ReceiverPolicy;
  readonly encryption: Encryption;
  readonly sweepAfterSeconds: number;
}

export function openNotifier(parts: NotifierParts): Notifier {
  const { subscribers, queue, deliveries, eventLog, policy, encryption, sweepAfterSeconds } = parts;
  const logged = eventLog && { isToBeLogged: true as const };

  async function post({ event, sealed }: OutboxMessage, receiver: Receiver): Promise<void> {
    const content = { packed: pack(event), ...(sealed && { sealed }) };
    if (fitsMessage(content)) {
      await queue.send({ receiver, attempt: 1, ...content });
    } else {
      const delivery = newDelivery(event, receiver, content);
      await deliveries.change(receiverId(receiver), delivery, (one) => failedFor(one, 'tooLarge'));
    }
  }

  return {
    sweepAfterSeconds,
    async address(notifications) {
      if (notifications.length === 0) {
        return [];
      }
      const webhooks = await subscribers.all();
      const addressed = notifications.map(async ({ event, notifyUrl, unmasked }) => {
        const wanting = webhooks.filter((webhook) => wants(webhook, nameOf(event.type)));
        const hooks: Receiver[] = wanting.map(({ webhookId }) => ({ webhookId }));
        const own: Receiver[] = notifyUrl === undefined ? [] : [{ notifyUrl }];
        const messages: readonly OutboxMessage[] = unmasked
          ? [
              { event, receivers: hooks, ...logged },
              { event, receivers: own, sealed: await encryption.seal(pack(unmasked), notificationBinding(event)) },
            ]
          : [{ event, receivers: [...hooks, ...own], ...logged }];
        return messages.filter(({ receivers, isToBeLogged }) => receivers.length > 0 || isToBeLogged);
      });
      return (await Promise.all(addressed)).flat();
    },
    async hasSettlementSubscriber(notifyUrl) {
      const isSubscribed = notifyUrl !== undefined || eventLog !== undefined;
      return isSubscribed || (await subscribers.all()).some((webhook) => wants(webhook, 'OperationSettled'));
    },
    async send(messages) {
      const events = messages.flatMap(({ event, isToBeLogged }) => (isToBeLogged ? [event] : []));
      await Promise.all([
        eventLog?.append(events),
        ...messages.flatMap((message) => message.receivers.map((one) => post(message, one))),
      ]);
    },
    sealedUrl: (notifyUrl, callId) => encryption.seal(notifyUrl, notifyUrlBinding(callId)),
    notifyUrlErrors(notifyUrl) {
      const message = typeof notifyUrl === 'string' ? notifyUrlError(notifyUrl, policy) : undefined;
      return message === undefined ? [] : [{ path: 'notifyUrl', message }];
    },
  };
}
