/** Caches the webhooks: events are frequent, and webhooks rarely change. */
import type { WebhookStore } from '../storage/webhooks.ts';
import type { Webhook } from './webhook.ts';

export interface Subscribers {
  /** Every webhook, at most `cacheSeconds` old. */
  all(): Promise<readonly Webhook[]>;
  /** Drops the cache after a change in this process. Other instances see the change when theirs expires. */
  invalidate(): void;
}

export function openSubscribers(store: Pick<WebhookStore, 'all'>, cacheSeconds: number): Subscribers {
  let known: Promise<readonly Webhook[]> | undefined;
  let knownUntil = 0;
  return {
    all() {
      if (known && Date.now() < knownUntil) {
        return known;
      }
      const reading = store.all();
      known = reading;
      knownUntil = Date.now() + cacheSeconds * 1000;
      reading.catch(() => {
        knownUntil = 0;
      });
      return reading;
    },
    invalidate() {
      knownUntil = 0;
    },
  };
}
