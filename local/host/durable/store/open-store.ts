/** Opens the storage of a task hub: two tables, made when they are missing, and a container once something is large. */

import { HostError, messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { LargeValues } from './large-values.ts';
import { Listing } from './listing.ts';
import { persistUntil } from './persist.ts';
import { RunningIndex } from './running-index.ts';
import { InstanceStore } from './store.ts';
import { Transactions } from './transactions.ts';

export interface HubStorage {
  readonly store: InstanceStore;
  readonly index: RunningIndex;
  readonly listing: Listing;
}

/** What storage does not take within these is tried again by `persistUntil`. */
const retryOptions = { maxRetries: 1, retryDelayInMs: 100 };

/** Rejects with a HostError when storage does not answer. Changes are tried again until `stopped` aborts. */
export async function openStorage(
  connection: string,
  hubName: string,
  log: Log,
  stopped: AbortSignal,
): Promise<HubStorage> {
  const { TableClient } = await import('@azure/data-tables');
  const open = (name: string) =>
    TableClient.fromConnectionString(connection, `${hubName}${name}`, { allowInsecureConnection: true, retryOptions });
  const instances = open('Instances');
  const running = open('Running');
  try {
    await Promise.all([instances.createTable(), running.createTable()]);
  } catch (error) {
    throw new HostError(
      `The durable functions could not open the task hub "${hubName}" at ${new URL(instances.url).origin}: ` +
        `${messageOf(error)} Is the storage emulator running?`,
      { cause: error },
    );
  }
  const persist = persistUntil(stopped, log);
  const largeValues = new LargeValues(connection, `${hubName.toLowerCase()}-largevalues`);
  return {
    store: new InstanceStore({
      table: instances,
      transactions: new Transactions(instances, persist),
      largeValues,
      persist,
    }),
    index: new RunningIndex(running, new Transactions(running, persist)),
    listing: new Listing(instances, largeValues),
  };
}
