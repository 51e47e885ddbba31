/** Opens the storage of a task hub: two tables, made when they are missing, and a container once something is large. */

import { HostError, messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { connectionString } from '../../settings/references.ts';
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

/**
 * Opens the storage of a hub for the function that needs it. Rejects with a HostError when storage does not answer.
 * Changes are tried again until `stopped` aborts.
 */
export async function openStorage(
  functionName: string,
  hubName: string,
  log: Log,
  stopped: AbortSignal,
): Promise<HubStorage> {
  const connection = connectionString(functionName, undefined);
  const tables = await openTables(functionName, connection, hubName);
  const persist = persistUntil(stopped, log);
  const largeValues = new LargeValues(connection, `${hubName.toLowerCase()}-largevalues`);
  const transactions = new Transactions(tables.instances, persist);
  return {
    store: new InstanceStore({ table: tables.instances, transactions, largeValues, persist }),
    index: new RunningIndex(tables.running, new Transactions(tables.running, persist)),
    listing: new Listing(tables.instances, largeValues),
  };
}

/** Loads the SDK only here: an app without durable functions starts faster without it. */
async function openTables(functionName: string, connection: string, hubName: string) {
  const { TableClient } = await import('@azure/data-tables');
  const open = async (name: string) => {
    const options = { allowInsecureConnection: true, retryOptions };
    const table = TableClient.fromConnectionString(connection, `${hubName}${name}`, options);
    await table.createTable();
    return table;
  };
  try {
    const [instances, running] = await Promise.all([open('Instances'), open('Running')]);
    return { instances, running };
  } catch (error) {
    throw new HostError(
      `Function "${functionName}" could not open the task hub "${hubName}": ${messageOf(error)} ` +
        'Is AzureWebJobsStorage a storage connection string, and the storage emulator running?',
      { cause: error },
    );
  }
}
