/** The webhooks, remembered for a while: events are many, and webhooks seldom change. */
import type { WebhookStore } from '../storage/webhooks.ts';
import type { Webhook } from './webhook.ts';

export interface Subscribers {
  /** Every webhook, as it was at most the cache's seconds ago. */
  all(): Promise<readonly Webhook[]>;
  /** A webhook was changed here: the next look is a fresh one. Other instances see it when their cache ends. */
  forget(): void;
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
    forget() {
      knownUntil = 0;
    },
  };
}
