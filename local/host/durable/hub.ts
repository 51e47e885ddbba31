/** A task hub: the orchestrations of an app, on one storage account. Only an app with durable functions has one. */

import type { AppFunction } from '../app/function.ts';
import type { Invoke } from '../app/invocations.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { DurableOptions } from '../settings/host-json.ts';
import { DurableFunctions } from './functions.ts';
import { Orchestrations } from './orchestrations.ts';
import type { Listing } from './store/listing.ts';
import { openStorage } from './store/open-store.ts';

export interface Hub {
  readonly name: string;
  readonly functions: DurableFunctions;
  readonly orchestrations: Orchestrations;
  readonly listing: Listing;
  /** Deletes all there is of an instance, running or not. */
  purge(id: string): Promise<void>;
  /** Lets what is on its way end and be stored. */
  stop(): Promise<void>;
}

export interface HubSetup {
  readonly config: DurableOptions;
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly log: Log;
}

/** The bindings that need a hub. */
const bindingTypes = ['orchestrationtrigger', 'activitytrigger', 'durableclient'];

/** Opens the hub that host.json names, if a function needs one. Nothing runs in it until its orchestrations are resumed. */
export async function openHub(functions: readonly AppFunction[], setup: HubSetup): Promise<Hub | undefined> {
  const first = functions.find(isDurable);
  if (first === undefined) {
    return undefined;
  }
  const { config, invoke, clock, log } = setup;
  const stopped = new AbortController();
  const { listing, ...storage } = await openStorage(first.name, config.hubName, log, stopped.signal);
  const durable = new DurableFunctions(invoke, config.versions);
  const orchestrations = new Orchestrations({ ...config, ...storage, functions: durable, clock, log });
  return {
    name: config.hubName,
    functions: durable,
    orchestrations,
    listing,
    purge: (id) => orchestrations.purge(id),
    async stop() {
      stopped.abort();
      await orchestrations.stop();
    },
  };
}

/** Whether a function is durable or a client of those that are. */
function isDurable({ bindings }: AppFunction): boolean {
  return Object.values(bindings).some(({ type }) => bindingTypes.includes(type.toLowerCase()));
}
