/** /emulator/event-grid: subscriptions, and the events that could not be delivered. */

import { handshakeProblem } from '../event-grid/handshake.ts';
import { createQueue } from '../event-grid/storage-queue.ts';
import { endpointTypeOf, type SubscriptionSettings, subscriptionSettings } from '../event-grid/subscription.ts';
import { AcsError } from '../http/acs-error.ts';
import type { Resource } from '../resource.ts';
import { defineEndpoint } from './endpoint.ts';
import { notFound } from './not-found.ts';

const listSubscriptions = defineEndpoint({
  method: 'GET',
  path: '/event-grid/subscriptions',
  run: ({ resource }) => ({ subscriptions: resource.subscriptions.all() }),
});

const getSubscription = defineEndpoint({
  method: 'GET',
  path: '/event-grid/subscriptions/{name}',
  run({ resource, path }) {
    const subscription = resource.subscriptions.get(path.name ?? '');
    if (subscription === undefined) {
      throw notFound(`subscription ${path.name}`);
    }
    return subscription;
  },
});

const putSubscription = defineEndpoint({
  method: 'PUT',
  path: '/event-grid/subscriptions/{name}',
  body: subscriptionSettings,
  async run({ resource, path, body }) {
    await checkDeliverable(resource, body);
    const subscription = { ...body, name: path.name ?? '' };
    resource.subscriptions.set(subscription);
    return subscription;
  },
});

/** Throws 400 unless events can be delivered: an endpoint takes part in the handshake, a queue can be opened. */
async function checkDeliverable({ poster }: Resource, settings: SubscriptionSettings): Promise<void> {
  const { endpoint } = settings;
  if (endpointTypeOf(settings) === 'StorageQueue') {
    await createQueue(endpoint).catch((error: unknown) => {
      throw new AcsError(
        400,
        'QueueNotWritable',
        `The queue could not be opened: ${String(error)}. Nothing was stored.`,
      );
    });
    return;
  }
  const problem = await handshakeProblem(poster, settings);
  if (problem !== undefined) {
    const wanted = 'The endpoint must take part in the validation handshake';
    throw new AcsError(400, 'ValidationHandshakeFailed', `${wanted}; ${problem}. Nothing was stored.`);
  }
}

const deleteSubscription = defineEndpoint({
  method: 'DELETE',
  path: '/event-grid/subscriptions/{name}',
  run({ resource, path }) {
    if (!resource.subscriptions.delete(path.name ?? '')) {
      throw notFound(`subscription ${path.name}`);
    }
  },
});

const listDeadLetters = defineEndpoint({
  method: 'GET',
  path: '/event-grid/dead-letters',
  run: ({ resource }) => ({ deadLetters: resource.deadLetters }),
});

export const eventGrid = [listSubscriptions, getSubscription, putSubscription, deleteSubscription, listDeadLetters];
