/** The parts of notifications, made of the settings. */
import type { Config } from '../config.ts';
import { openQueue, queueName } from '../storage/queues.ts';
import { openWebhookFailures, type WebhookFailureStore } from '../storage/webhook-failures.ts';
import { openWebhooks, type WebhookStore } from '../storage/webhooks.ts';
import { openConcurrencyLimits } from './concurrency.ts';
import type { Deliverer } from './deliver.ts';
import { type Notifier, openNotifier } from './notifier.ts';
import type { DeliveryMessage } from './outbox-message.ts';
import { openSubscribers, type Subscribers } from './subscribers.ts';
import type { UrlPolicy } from './url-policy.ts';
import { notifyUrlId } from './webhook.ts';

export interface Notifications {
  readonly store: WebhookStore;
  readonly failures: WebhookFailureStore;
  readonly subscribers: Subscribers;
  readonly policy: UrlPolicy;
  readonly notifier: Notifier;
  readonly deliverer: Omit<Deliverer, 'log'>;
  /** Removes stored failures that are older than the retention setting. */
  removeExpiredFailures(now: string): Promise<void>;
}

/** Opens them. No request is made before the first use. */
export function openNotifications({ storage, tablePrefix, notifications, isLocal }: Config): Notifications {
  const { hosts, notifySecret, cacheSeconds, keepDays, timeoutSeconds, retrySeconds } = notifications;
  const store = openWebhooks(storage, tablePrefix);
  const failures = openWebhookFailures(storage, tablePrefix);
  const queue = openQueue<DeliveryMessage>(storage, queueName(tablePrefix, 'notifications'));
  const subscribers = openSubscribers(store, cacheSeconds);
  const policy = { hosts, notifySecret, isLocal };
  const shared = { subscribers, queue, failures, policy };
  return {
    store,
    failures,
    subscribers,
    policy,
    notifier: openNotifier({ ...shared, sweepAfterSeconds: notifications.sweepSeconds }),
    deliverer: { ...shared, webhooks: store, concurrency: openConcurrencyLimits(), timeoutSeconds, retrySeconds },
    async removeExpiredFailures(now) {
      const before = new Date(Date.parse(now) - keepDays * 86_400_000).toISOString();
      for (const receiver of [notifyUrlId, ...(await store.all()).map(({ webhookId }) => webhookId)]) {
        await failures.purge(receiver, before);
      }
    },
  };
}
