/** Event Grid's deliveries: each event is sent, with retries, to every subscription that takes it. */

import type { Environment } from '../environment.ts';
import { fullName, type GridKind } from '../event-kinds.ts';
import { cloudEventOf, envelopeOf, type GridEvent, schemaHeaders, TOPIC } from './grid-event.ts';
import { MINUTE_MS, retryDelayMs } from './retry-policy.ts';
import { enqueue } from './storage-queue.ts';
import { endpointTypeOf, type Subscribed, type Subscription, type Subscriptions } from './subscription.ts';

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
export function publish(context: EventGridContext, kind: GridKind, publication: Publication): void {
  const event = gridEvent(context, kind, context.random.guid(), publication);
  for (const subscribed of context.subscriptions.taking(event)) {
    const { endpoint, eventDeliverySchema } = subscribed.subscription;
    context.log.add({ kind: 'event', event: kind, url: endpoint, body: envelopeOf(eventDeliverySchema, event) });
    const about = { kind, call: publication.correlationId };
    const push = new Push(context, subscribed, { ...about, event });
    context.outbox.dispatch({ ...about, send: () => push.attempt() });
  }
}

/** Whether a subscription would take the event. */
export function isTaken(context: EventGridContext, kind: GridKind, publication: Publication): boolean {
  return context.subscriptions.taking(gridEvent(context, kind, '', publication)).length > 0;
}

function gridEvent({ clock }: EventGridContext, kind: GridKind, id: string, { subject, data }: Publication): GridEvent {
  return {
    id,
    topic: TOPIC,
    subject,
    data,
    eventType: fullName(kind),
    dataVersion: '1.0',
    metadataVersion: '1',
    eventTime: new Date(clock.now()).toISOString(),
  };
}

interface Pushed {
  readonly kind: GridKind;
  /** Correlation id of its call. */
  readonly call: string;
  readonly event: GridEvent;
}

/** One event on its way to one subscription. */
class Push {
  readonly #context: EventGridContext;
  readonly #subscribed: Subscribed;
  readonly #kind: GridKind;
  readonly #call: string;
  readonly #event: GridEvent;
  readonly #publishedAtMs: number;
  #attempts = 0;

  constructor(context: EventGridContext, subscribed: Subscribed, { kind, call, event }: Pushed) {
    this.#context = context;
    this.#subscribed = subscribed;
    this.#kind = kind;
    this.#call = call;
    this.#event = event;
    this.#publishedAtMs = context.clock.now();
  }

  get #subscription(): Subscription {
    return this.#subscribed.subscription;
  }

  async attempt(): Promise<void> {
    const { clock, log, outbox } = this.#context;
    const { endpoint, retryPolicy } = this.#subscription;
    if (this.#subscribed.isDeleted) {
      return;
    }
    const attempt = this.#attempts++;
    const delivery = { kind: 'delivery', event: this.#kind, url: endpoint } as const;
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
    if (this.#attempts >= retryPolicy.maxDeliveryAttempts) {
      return this.#deadLetter('MaxDeliveryAttemptsExceeded', outcome);
    }
    const timeToLiveMs = retryPolicy.eventTimeToLiveInMinutes * MINUTE_MS;
    const isTooLate = clock.now() + delayMs > this.#publishedAtMs + timeToLiveMs;
    if (isTooLate) {
      return this.#deadLetter('TimeToLiveExceeded', outcome);
    }
    if (outbox.waiting >= MAX_WAITING) {
      return this.#deadLetter('MaxDeliveryAttemptsExceeded', outcome);
    }
    outbox.sendAgain(delayMs, this.#call, () => this.attempt());
  }

  /** The status of the response, which a fault may replace. Rejects when there is no response. */
  async #send(attempt: number): Promise<number> {
    const { poster, faults } = this.#context;
    const { endpoint, name, eventDeliverySchema: schema } = this.#subscription;
    if (endpointTypeOf(this.#subscription) === 'StorageQueue') {
      return enqueue(endpoint, schema === 'CloudEventSchemaV1_0' ? cloudEventOf(this.#event) : this.#event);
    }
    const refused = faults.take('deliveryStatus', [this.#kind]);
    if (refused !== undefined) {
      return refused;
    }
    const headers = {
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': name.toUpperCase(),
      'aeg-delivery-count': String(attempt),
      ...schemaHeaders(schema, this.#event),
    };
    const { status } = await poster.post(endpoint, headers, envelopeOf(schema, this.#event));
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
