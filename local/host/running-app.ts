/** An app that is being served: its triggers listen, its requests are answered, until all of it is closed. */

import { type App, startApp, terminateApp } from './app/app.ts';
import { Invocations } from './app/invocations.ts';
import type { Clock } from './clock.ts';
import { withCors } from './http/cors.ts';
import { createFront } from './http/front.ts';
import { lockedDoors, openDoors } from './http/keys.ts';
import { RouteTable } from './http/route-table.ts';
import type { HttpServer } from './http/server.ts';
import { Webhooks } from './http/webhooks.ts';
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
  const authorize = options.isGuarded ? await lockedDoors(dataDirectory, names, webhookExtensions) : openDoors;
  const writeOutputs = await openOutputs(app.functions, config);
  const invocations = new Invocations(app.registry, writeOutputs, log, config.functionTimeoutMs);
  const { invoke } = invocations;
  const routes = new RouteTable(config.routePrefix);
  const webhooks = new Webhooks();
  const served = await startTriggers(app.functions, { config, clock, log, invoke, routes, webhooks, dataDirectory });
  const front = createFront({ served, routes, webhooks, invoke, authorize, streamUrl: app.streamUrl });
  server.serve(withCors(options.cors, front), log);
  return { served, close: (drainMs) => close(app, served, invocations, options, drainMs) };
}

async function close(
  app: App,
  served: readonly ServedFunction[],
  invocations: Invocations,
  { server, log }: AppOptions,
  drainMs: number,
): Promise<void> {
  const drained = [invocations.drain(drainMs), server.close(drainMs), stopTriggers(served, drainMs)] as const;
  const [abandoned] = await Promise.all(drained);
  if (abandoned > 0) {
    log('warning', 'Host.General', `Stopped with ${abandoned} invocations still running.`);
  }
  await terminateApp(app);
}
