/** Event Grid push: an event goes to every subscription that takes it, again and again until one attempt succeeds. */

import { fullName, type GridKind } from '../event-kinds.ts';
import type { Resource } from '../resource.ts';
import { type GridEvent, type Subscription, TOPIC, takes } from './subscription.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Event Grid's documented waits between attempts; after them it goes on every 12 hours, for 24 hours in all. */
const RETRY_DELAYS_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
];
const TIME_TO_LIVE_MS = 24 * HOUR_MS;

/** Answers of a webhook after which Event Grid does not try again. */
const PERMANENT = [400, 401, 413];

const MAX_DEAD_LETTERS = 1000;

/** How many events may wait for another attempt (ours): a subscriber that is gone must not fill the memory. */
const MAX_WAITING = 10_000;

/** An event that was given up, in Event Grid's dead-letter schema. */
export interface DeadLetter extends GridEvent {
  readonly subscription: string;
  readonly deadLetterReason: 'TimeToLiveExceeded' | 'UndeliverableDueToHttpError' | 'MaxDeliveryAttemptsExceeded';
  readonly deliveryAttempts: number;
  readonly lastDeliveryOutcome: string;
  readonly publishTime: string;
  readonly lastDeliveryAttemptTime: string;
}

interface Publication {
  readonly subject: string;
  /** Of the call: groups the events that a fault may reorder. */
  readonly correlationId: string;
  readonly data: unknown;
}

/** Sends the event to whoever subscribed; one that nobody takes in the end is listed as a dead letter. */
export function publish(resource: Resource, kind: GridKind, { subject, correlationId, data }: Publication): void {
  const event: GridEvent = {
    id: resource.random.guid(),
    topic: TOPIC,
    subject,
    data,
    eventType: fullName(kind),
    dataVersion: '1.0',
    metadataVersion: '1',
    eventTime: new Date(resource.clock.now()).toISOString(),
  };
  for (const subscription of resource.subscriptions.all().filter((each) => takes(each, event))) {
    resource.log.add({ kind: 'event', event: kind, url: subscription.endpoint, body: [event] });
    const push = new Push(resource, subscription, kind, event);
    resource.outbox.dispatch({ kind, call: correlationId, send: () => push.attempt() });
  }
}

/** One event on its way to one subscription. */
class Push {
  readonly #resource: Resource;
  readonly #subscription: Subscription;
  readonly #kind: GridKind;
  readonly #event: GridEvent;
  readonly #publishedAtMs: number;
  #attempts = 0;

  constructor(resource: Resource, subscription: Subscription, kind: GridKind, event: GridEvent) {
    this.#resource = resource;
    this.#subscription = subscription;
    this.#kind = kind;
    this.#event = event;
    this.#publishedAtMs = resource.clock.now();
  }

  async attempt(): Promise<void> {
    const { clock, poster, log, outbox } = this.#resource;
    const { endpoint, name } = this.#subscription;
    const attempt = this.#attempts++;
    const headers = {
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': name.toUpperCase(),
      'aeg-delivery-count': String(attempt),
      'aeg-data-version': this.#event.dataVersion,
      'aeg-metadata-version': this.#event.metadataVersion,
    };
    const delivery = { kind: 'delivery', event: this.#kind, url: endpoint } as const;
    let outcome: string;
    try {
      const { status } = await poster.post(endpoint, headers, [this.#event]);
      log.add({ ...delivery, status });
      if (status >= 200 && status < 300) {
        return;
      }
      outcome = `HTTP ${status}`;
      if (PERMANENT.includes(status)) {
        return this.#giveUp('UndeliverableDueToHttpError', outcome);
      }
    } catch (error) {
      outcome = error instanceof Error ? error.message || error.name : String(error);
      log.add({ ...delivery, note: `no answer (${outcome})` });
    }
    const delayMs = RETRY_DELAYS_MS[attempt] ?? 12 * HOUR_MS;
    const isTooLate = clock.now() + delayMs > this.#publishedAtMs + TIME_TO_LIVE_MS;
    if (isTooLate) {
      return this.#giveUp('TimeToLiveExceeded', outcome);
    }
    if (outbox.waiting >= MAX_WAITING) {
      return this.#giveUp('MaxDeliveryAttemptsExceeded', outcome);
    }
    outbox.sendAgain(delayMs, () => this.attempt());
  }

  #giveUp(deadLetterReason: DeadLetter['deadLetterReason'], lastDeliveryOutcome: string): void {
    const { clock, deadLetters } = this.#resource;
    const time = (ms: number): string => new Date(ms).toISOString();
    deadLetters.push({
      ...this.#event,
      subscription: this.#subscription.name,
      deadLetterReason,
      deliveryAttempts: this.#attempts,
      lastDeliveryOutcome,
      publishTime: time(this.#publishedAtMs),
      lastDeliveryAttemptTime: time(clock.now()),
    });
    if (deadLetters.length > MAX_DEAD_LETTERS) {
      deadLetters.shift();
    }
  }
}
