/** Event Grid's deliveries: each event is sent, with retries, to every subscription that takes it. */

import type { Environment } from '../environment.ts';
import { fullName, type GridKind } from '../event-kinds.ts';
import { type GridEvent, TOPIC } from './grid-event.ts';
import { retryDelayMs, TIME_TO_LIVE_MS } from './retry-policy.ts';
import { enqueue } from './storage-queue.ts';
import { endpointTypeOf, type Subscription, type Subscriptions, takes } from './subscription.ts';

const MAX_DEAD_LETTERS = 1000;

/** How many events may wait for another attempt (chosen here): an unreachable subscriber must not fill the memory. */
const MAX_WAITING = 10_000;

/** An event that could not be delivered, in Event Grid's dead-letter schema. */
export interface DeadLetter extends GridEvent {
  readonly subscription: string;
  readonly deadLetterReason: 'TimeToLiveExceeded' | 'UndeliverableDueToHttpError' | 'MaxDeliveryAttemptsExceeded';
  readonly deliveryAttempts: number;
  readonly lastDeliveryOutcome: string;
  readonly publishTime: string;
  readonly lastDeliveryAttemptTime: string;
}

export interface EventGridContext extends Environment {
  readonly subscriptions: Subscriptions;
  readonly deadLetters: DeadLetter[];
}

interface Publication {
  readonly subject: string;
  /** Of the call; faults reorder events within it. */
  readonly correlationId: string;
  readonly data: unknown;
}

/** Sends the event to every subscription that takes it. */
export function publish(
  context: EventGridContext,
  kind: GridKind,
  { subject, correlationId, data }: Publication,
): void {
  const event: GridEvent = {
    id: context.random.guid(),
    topic: TOPIC,
    subject,
    data,
    eventType: fullName(kind),
    dataVersion: '1.0',
    metadataVersion: '1',
    eventTime: new Date(context.clock.now()).toISOString(),
  };
  for (const subscription of context.subscriptions.all().filter((each) => takes(each, event))) {
    context.log.add({ kind: 'event', event: kind, url: subscription.endpoint, body: [event] });
    const push = new Push(context, subscription, kind, event);
    context.outbox.dispatch({ kind, call: correlationId, send: () => push.attempt() });
  }
}

/** One event on its way to one subscription. */
class Push {
  readonly #context: EventGridContext;
  readonly #subscription: Subscription;
  readonly #kind: GridKind;
  readonly #event: GridEvent;
  readonly #publishedAtMs: number;
  #attempts = 0;

  constructor(context: EventGridContext, subscription: Subscription, kind: GridKind, event: GridEvent) {
    this.#context = context;
    this.#subscription = subscription;
    this.#kind = kind;
    this.#event = event;
    this.#publishedAtMs = context.clock.now();
  }

  async attempt(): Promise<void> {
    const { clock, log, outbox } = this.#context;
    const attempt = this.#attempts++;
    const delivery = { kind: 'delivery', event: this.#kind, url: this.#subscription.endpoint } as const;
    let status: number | undefined;
    let outcome: string;
    try {
      status = await this.#send(attempt);
      log.add({ ...delivery, status });
      if (status >= 200 && status <= 204) {
        return;
      }
      outcome = `HTTP ${status}`;
    } catch (error) {
      outcome = error instanceof Error ? error.message || error.name : String(error);
      log.add({ ...delivery, note: `no answer (${outcome})` });
    }
    const delayMs = retryDelayMs(endpointTypeOf(this.#subscription), status, attempt);
    if (delayMs === undefined) {
      return this.#deadLetter('UndeliverableDueToHttpError', outcome);
    }
    const isTooLate = clock.now() + delayMs > this.#publishedAtMs + TIME_TO_LIVE_MS;
    if (isTooLate) {
      return this.#deadLetter('TimeToLiveExceeded', outcome);
    }
    if (outbox.waiting >= MAX_WAITING) {
      return this.#deadLetter('MaxDeliveryAttemptsExceeded', outcome);
    }
    outbox.sendAgain(delayMs, () => this.attempt());
  }

  /** The status of the response, which a fault may replace. Rejects when there is no response. */
  async #send(attempt: number): Promise<number> {
    const { poster, faults } = this.#context;
    const { endpoint, name } = this.#subscription;
    if (endpointTypeOf(this.#subscription) === 'StorageQueue') {
      return enqueue(endpoint, this.#event);
    }
    const refused = faults.take('deliveryStatus', [this.#kind]);
    if (refused !== undefined) {
      return refused;
    }
    const headers = {
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': name.toUpperCase(),
      'aeg-delivery-count': String(attempt),
      'aeg-data-version': this.#event.dataVersion,
      'aeg-metadata-version': this.#event.metadataVersion,
    };
    const { status } = await poster.post(endpoint, headers, [this.#event]);
    return status;
  }

  #deadLetter(deadLetterReason: DeadLetter['deadLetterReason'], lastDeliveryOutcome: string): void {
    const { clock, deadLetters } = this.#context;
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
