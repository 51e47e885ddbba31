/** The parts of notifications, made of the settings. */
import type { Config } from '../config.ts';
import type { Encryption } from '../encryption/encryption.ts';
import { type EventLog, openEventLog } from '../storage/event-log.ts';
import { openQueue, queueName } from '../storage/queues.ts';
import { type DeliveryStore, openDeliveries } from '../storage/webhook-deliveries.ts';
import { openWebhooks, type WebhookStore } from '../storage/webhooks.ts';
import { openConcurrencyLimits } from './concurrency.ts';
import type { Deliverer } from './deliver.ts';
import { type Notifier, openNotifier } from './notifier.ts';
import type { DeliveryMessage } from './outbox-message.ts';
import type { ReceiverPolicy } from './receiver-policy.ts';
import { openSubscribers, type Subscribers } from './subscribers.ts';
import { notifyUrlId } from './webhook.ts';

export interface Notifications {
  readonly store: WebhookStore;
  readonly deliveries: DeliveryStore;
  /** The log of events; undefined while it is off. */
  readonly eventLog: EventLog | undefined;
  readonly subscribers: Subscribers;
  readonly policy: ReceiverPolicy;
  readonly encryption: Encryption;
  readonly notifier: Notifier;
  readonly deliverer: Omit<Deliverer, 'log'>;
  /** How long a secret that is replaced also signs, unless the request states it. */
  readonly secretOverlapSeconds: number;
  /** Removes stored deliveries and logged events that are older than the retention setting of each. */
  removeExpired(now: string): Promise<void>;
}

/** Opens them. No request is made before the first use. */
export function openNotifications(
  { storage, tablePrefix, notifications, retentionDays, erasure: { contentDays }, isLocal }: Config,
  encryption: Encryption,
): Notifications {
  const {
    hosts,
    notifySecret,
    cacheSeconds,
    keepDays,
    sweepSeconds,
    secretOverlapSeconds,
    eventLogDays,
    settleSeconds,
    ...delivery
  } = notifications;
  const store = openWebhooks(storage, tablePrefix);
  const deliveries = openDeliveries(storage, tablePrefix);
  const queue = openQueue<DeliveryMessage>(storage, queueName(tablePrefix, 'notifications'));
  const subscribers = openSubscribers(store, cacheSeconds);
  const policy = { hosts, setting: 'NOTIFY_HOSTS', notifySecret, isLocal };
  const log = openEventLog(storage, tablePrefix, settleSeconds);
  const eventLog = eventLogDays > 0 ? log : undefined;
  const shared = { subscribers, queue, deliveries, policy, encryption };
  return {
    store,
    deliveries,
    eventLog,
    subscribers,
    policy,
    encryption,
    secretOverlapSeconds,
    notifier: openNotifier({ ...shared, eventLog, sweepAfterSeconds: sweepSeconds }),
    deliverer: {
      ...shared,
      ...delivery,
      webhooks: store,
      concurrency: openConcurrencyLimits(),
      now: () => new Date().toISOString(),
    },
    async removeExpired(now) {
      const daysBefore = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
      // What a delivery says of a call does not outlive the call, nor digits and speech what is kept of those.
      const before = daysBefore(Math.min(keepDays, retentionDays || keepDays, contentDays ?? keepDays));
      for (const receiver of [notifyUrlId, ...(await store.all()).map(({ webhookId }) => webhookId)]) {
        await deliveries.purge(receiver, before);
      }
      // With 0 days nothing is logged any more, and what was logged before goes.
      await log.purge(daysBefore(eventLogDays));
    },
  };
}
