/** An app that is being served: its triggers listen, its requests are answered, until all of it is closed. */

import { type App, startApp, terminateApp } from './app/app.ts';
import { Invocations } from './app/invocations.ts';
import { type Clock, settlesWithin } from './clock.ts';
import { clientBinding } from './durable/api/client-binding.ts';
import { managementApi } from './durable/api/management.ts';
import { addressOf, extension } from './durable/api/urls.ts';
import { type Hub, openHub } from './durable/hub.ts';
import { withCors } from './http/cors.ts';
import { createFront } from './http/front.ts';
import { lockedDoors, openDoors } from './http/keys.ts';
import { RouteTable } from './http/route-table.ts';
import type { HttpServer } from './http/server.ts';
import { Webhooks } from './http/webhooks.ts';
import { openInputs } from './inputs.ts';
import type { Log } from './log.ts';
import { openOutputs } from './outputs.ts';
import type { HostConfig } from './settings/host-json.ts';
import type { LocalSettings } from './settings/local-settings.ts';
import { startTriggers, stopTriggers, webhookExtensions } from './triggers/index.ts';
import type { ServedFunction } from './triggers/trigger.ts';

export interface AppOptions {
  readonly root: string;
  readonly main: string | undefined;
  readonly config: HostConfig;
  readonly cors: LocalSettings['cors'];
  readonly isGuarded: boolean;
  readonly dataDirectory: string;
  readonly server: HttpServer;
  /** Without a slash at the end. */
  readonly url: string;
  readonly log: Log;
  readonly clock: Clock;
}

export interface RunningApp {
  readonly served: readonly ServedFunction[];
  /** Lets work in flight finish, at most `drainMs`, then stops and runs the appTerminate hooks. */
  close(drainMs: number): Promise<void>;
}

/** Loads the app and serves it. Rejects with a HostError, and leaves no trigger running, when that cannot be. */
export async function serveApp(options: AppOptions): Promise<RunningApp> {
  const { config, log, clock, dataDirectory, server } = options;
  const app = await startApp(options.root, options.main, log);
  const names = app.functions.map(({ name }) => name);
  const doors = options.isGuarded ? await lockedDoors(dataDirectory, names, webhookExtensions) : openDoors;
  const { hubName } = config.durable;
  const durableclient = clientBinding(addressOf(options.url, hubName, doors.systemKey(extension)), hubName);
  const readInputs = openInputs(app.functions, { durableclient });
  const writeOutputs = await openOutputs(app.functions, config);
  const invocations = new Invocations(app.registry, readInputs, writeOutputs, log, config.functionTimeoutMs);
  const { invoke } = invocations;
  const hub = await openHub(app.functions, { config: config.durable, invoke, clock, log });
  const routes = new RouteTable(config.routePrefix);
  const webhooks = new Webhooks();
  const triggerHost = { config, clock, log, invoke, routes, webhooks, hub, dataDirectory };
  const served = await startTriggers(app.functions, triggerHost);
  const front = createFront({ served, routes, webhooks, invoke, doors, clock, log, streamUrl: app.streamUrl });
  server.serve(withCors(options.cors, front), log);
  if (hub !== undefined) {
    webhooks.addArea(extension, managementApi(hub));
    await hub.orchestrations.resume();
  }
  return { served, close: (drainMs) => close({ app, served, invocations, hub }, options, drainMs) };
}

interface Serving {
  readonly app: App;
  readonly served: readonly ServedFunction[];
  readonly invocations: Invocations;
  readonly hub: Hub | undefined;
}

async function close(serving: Serving, { server, log }: AppOptions, drainMs: number): Promise<void> {
  const { app, served, invocations, hub } = serving;
  const drained = [
    invocations.drain(drainMs),
    server.close(drainMs),
    stopTriggers(served, drainMs),
    settlesWithin(drainMs, Promise.resolve(hub?.stop())),
  ] as const;
  const [abandoned] = await Promise.all(drained);
  if (abandoned > 0) {
    log('warning', 'Host.General', `Stopped with ${abandoned} invocations still running.`);
  }
  await terminateApp(app);
}
