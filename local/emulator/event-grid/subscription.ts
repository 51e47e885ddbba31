/** Event Grid subscriptions: which endpoint takes which events. */

import * as z from 'zod';
import { BoundedMap } from '../bounded-map.ts';
import { addressProblem } from '../delivery/post.ts';
import { fullName, GRID_KINDS } from '../event-kinds.ts';
import { filters, passes } from './filters.ts';
import { type GridEvent, SCHEMAS } from './grid-event.ts';
import { queueProblem } from './storage-queue.ts';

/** How often and how long Event Grid tries to deliver an event, within the limits of the service. */
const retryPolicy = z
  .strictObject({
    maxDeliveryAttempts: z.int().min(1).max(30).default(30),
    eventTimeToLiveInMinutes: z.int().min(1).max(1440).default(1440),
  })
  .prefault({});

const endpointTypes = ['WebHook', 'AzureFunction', 'StorageQueue'] as const;

/** Kinds of destination, by Azure's names. They differ in delivery and retries. */
export type EndpointType = (typeof endpointTypes)[number];

/** A subscription as it is PUT. No event types means all. A queue's endpoint is the URL of the queue. */
export const subscriptionSettings = z
  .strictObject({
    endpoint: z.string(),
    endpointType: z.enum(endpointTypes).optional(),
    eventTypes: z.array(z.enum(GRID_KINDS.map(fullName))).default([]),
    filters: filters.default({}),
    eventDeliverySchema: z.enum(SCHEMAS).default('EventGridSchema'),
    retryPolicy,
  })
  .superRefine((settings, context) => {
    const { endpoint } = settings;
    const problem = endpointTypeOf(settings) === 'StorageQueue' ? queueProblem(endpoint) : addressProblem(endpoint);
    if (problem !== undefined) {
      context.addIssue({ code: 'custom', path: ['endpoint'], message: problem });
    }
  });

export type SubscriptionSettings = z.output<typeof subscriptionSettings>;

export type Subscription = SubscriptionSettings & { readonly name: string };

/** The kind of a destination; one that does not say it is a function where its path is that of the Functions host. */
export function endpointTypeOf({
  endpoint,
  endpointType,
}: Pick<Subscription, 'endpoint' | 'endpointType'>): EndpointType {
  return (
    endpointType ?? (/^https?:\/\/[^/]+\/runtime\/webhooks\/eventgrid\b/i.test(endpoint) ? 'AzureFunction' : 'WebHook')
  );
}

/** Whether the subscription takes the event. */
function takes({ eventTypes, filters: wanted }: Subscription, event: GridEvent): boolean {
  return (eventTypes.length === 0 || eventTypes.includes(event.eventType)) && passes(wanted, event);
}

/** Event Grid's limit for a topic; here a new one replaces the oldest. */
const KEEP_SUBSCRIPTIONS = 500;

/** A subscription that exists until it is deleted; deliveries follow the settings that it has at the time. */
export interface Subscribed {
  subscription: Subscription;
  isDeleted: boolean;
}

/** The subscriptions by name. They outlive a reset, as the key does. */
export class Subscriptions {
  readonly #byName = new BoundedMap<string, Subscribed>(KEEP_SUBSCRIPTIONS);

  set(subscription: Subscription): void {
    const known = this.#byName.get(subscription.name);
    if (known === undefined) {
      this.#byName.set(subscription.name, { subscription, isDeleted: false });
    } else {
      known.subscription = subscription;
    }
  }

  get(name: string): Subscription | undefined {
    return this.#byName.get(name)?.subscription;
  }

  /** Ends the subscription; what still waits for another attempt is delivered no more. */
  delete(name: string): boolean {
    const known = this.#byName.get(name);
    if (known !== undefined) {
      known.isDeleted = true;
    }
    return this.#byName.delete(name);
  }

  all(): Subscription[] {
    return [...this.#byName.values()].map(({ subscription }) => subscription);
  }

  /** Those that take the event. */
  taking(event: GridEvent): Subscribed[] {
    return [...this.#byName.values()].filter(({ subscription }) => takes(subscription, event));
  }
}
