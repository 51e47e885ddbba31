/** A task hub: the orchestrations of an app, on one storage account. Only an app with durable functions has one. */

import type { AppFunction } from '../app/function.ts';
import type { Invoke } from '../app/invocations.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { HostConfig } from '../settings/host-json.ts';
import { connectionString } from '../settings/references.ts';
import { DurableFunctions } from './functions.ts';
import { Orchestrations } from './orchestrations.ts';
import type { Listing } from './store/listing.ts';
import { openStorage } from './store/open-store.ts';

export interface Hub {
  readonly name: string;
  readonly functions: DurableFunctions;
  readonly orchestrations: Orchestrations;
  readonly listing: Listing;
  /** Deletes all there is of an instance that has ended; false when it is gone already. */
  purge(id: string): Promise<boolean>;
  /** Lets what is on its way end and be stored. */
  stop(): Promise<void>;
}

/** The bindings that need a hub. */
const bindingTypes = ['orchestrationtrigger', 'activitytrigger', 'durableclient'];

/** Whether a function is durable or a client of those that are. */
export function isDurable({ bindings }: AppFunction): boolean {
  return Object.values(bindings).some(({ type }) => bindingTypes.includes(type.toLowerCase()));
}

/** Opens the hub that host.json names. Nothing runs in it until its orchestrations are resumed. */
export async function openHub(config: HostConfig['durable'], invoke: Invoke, clock: Clock, log: Log): Promise<Hub> {
  const stopped = new AbortController();
  const connection = connectionString('The task hub', undefined);
  const functions = new DurableFunctions(invoke);
  const storage = await openStorage(connection, config.hubName, log, stopped.signal);
  const orchestrations = new Orchestrations({ ...config, ...storage, functions, clock, log });
  return {
    name: config.hubName,
    functions,
    orchestrations,
    listing: storage.listing,
    purge: (id) => storage.store.purge(id),
    async stop() {
      stopped.abort();
      await orchestrations.stop();
    },
  };
}
