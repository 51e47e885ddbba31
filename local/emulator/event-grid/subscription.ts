/** Event Grid subscriptions: which endpoint takes which events. */

import * as z from 'zod';
import { BoundedMap } from '../bounded-map.ts';
import { addressProblem } from '../delivery/post.ts';
import { fullName, GRID_KINDS, type GridKind } from '../event-kinds.ts';
import type { GridEvent } from './grid-event.ts';
import { queueProblem } from './storage-queue.ts';

/** Event Grid's advanced filters on strings; `key` is a path such as `data.to.rawId`. */
const OPERATORS = {
  StringIn: (value: string, wanted: string) => value === wanted,
  StringBeginsWith: (value: string, wanted: string) => value.startsWith(wanted),
  StringEndsWith: (value: string, wanted: string) => value.endsWith(wanted),
  StringContains: (value: string, wanted: string) => value.includes(wanted),
} as const;

const operatorType = z.enum(Object.keys(OPERATORS) as [keyof typeof OPERATORS, ...(keyof typeof OPERATORS)[]]);

const filters = z.strictObject({
  subjectBeginsWith: z.string().optional(),
  subjectEndsWith: z.string().optional(),
  advancedFilters: z
    .array(z.strictObject({ operatorType, key: z.string().min(1), values: z.array(z.string()).min(1) }))
    .optional(),
});

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

/** Whether the subscription takes the event. Comparisons ignore case, as Event Grid's do by default. */
export function takes({ eventTypes, filters }: Subscription, event: GridEvent): boolean {
  const subject = event.subject.toLowerCase();
  const { subjectBeginsWith = '', subjectEndsWith = '', advancedFilters = [] } = filters;
  return (
    (eventTypes.length === 0 || eventTypes.includes(event.eventType)) &&
    subject.startsWith(subjectBeginsWith.toLowerCase()) &&
    subject.endsWith(subjectEndsWith.toLowerCase()) &&
    advancedFilters.every(({ operatorType, key, values }) => {
      const value = valueAt(event, key);
      if (typeof value !== 'string') {
        return false;
      }
      return values.some((wanted) => OPERATORS[operatorType](value.toLowerCase(), wanted.toLowerCase()));
    })
  );
}

function valueAt(event: GridEvent, key: string): unknown {
  const step = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return key.split('.').reduce(step, event);
}

/** Event Grid's limit for a topic; here a new one replaces the oldest. */
const KEEP_SUBSCRIPTIONS = 500;

/** The subscriptions by name. They outlive a reset, as the key does. */
export class Subscriptions {
  readonly #byName = new BoundedMap<string, Subscription>(KEEP_SUBSCRIPTIONS);

  set(subscription: Subscription): void {
    this.#byName.set(subscription.name, subscription);
  }

  get(name: string): Subscription | undefined {
    return this.#byName.get(name);
  }

  delete(name: string): boolean {
    return this.#byName.delete(name);
  }

  all(): Subscription[] {
    return [...this.#byName.values()];
  }

  /** Whether any subscription lists the kind, whatever else it filters. */
  wants(kind: GridKind): boolean {
    return this.all().some(({ eventTypes }) => eventTypes.length === 0 || eventTypes.includes(fullName(kind)));
  }
}
