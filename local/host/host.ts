/** The embedded Azure Functions host: loads an unmodified `@azure/functions` 4 app and serves it on this machine. */

import { isIPv4 } from 'node:net';
import { join, resolve } from 'node:path';
import { type App, startApp, terminateApp } from './app/app.ts';
import { Invocations } from './app/invocations.ts';
import { logUnhandledRejections } from './app/unhandled.ts';
import { type Clock, systemClock } from './clock.ts';
import { withCors } from './http/cors.ts';
import { createFront } from './http/front.ts';
import { lockedDoors, openDoors } from './http/keys.ts';
import { RouteTable } from './http/route-table.ts';
import { HttpServer } from './http/server.ts';
import { Webhooks } from './http/webhooks.ts';
import { createLog, type Log, type LogTarget } from './log.ts';
import { openOutputs } from './outputs.ts';
import { type HostConfig, readHostJson } from './settings/host-json.ts';
import { applySettings, type LocalSettings, readLocalSettings } from './settings/local-settings.ts';
import { startTriggers, stopTriggers } from './triggers/index.ts';
import type { ServedFunction } from './triggers/trigger.ts';

export type { Clock } from './clock.ts';
export { HostError } from './errors.ts';
export type { LogEntry, LogTarget } from './log.ts';

export interface HostOptions {
  /** The app's folder, with host.json and package.json. */
  readonly root: string;
  /** Glob of the files to load, instead of `main` of package.json. */
  readonly main?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Keys are always enforced on an address that is not loopback. */
  readonly hostname?: string;
  /** Settings that win over the environment and local.settings.json. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Enforces `authLevel`; Core Tools do not unless told so. */
  readonly enableAuth?: boolean;
  /** Where keys and timer schedules are kept; `.data/host` of the app unless given. */
  readonly dataDirectory?: string;
  readonly log?: LogTarget;
  /** Time of schedules and retries. */
  readonly clock?: Clock;
}

export interface HostedFunction {
  readonly name: string;
  /** The type of its trigger, e.g. `httpTrigger`. */
  readonly trigger: string;
  /** Absolute URL, for functions that are called over HTTP. */
  readonly route?: string;
  readonly methods?: readonly string[];
}

export interface Host {
  /** Without a slash at the end. */
  readonly url: string;
  readonly functions: readonly HostedFunction[];
  /** Lets requests and invocations in flight finish, for at most ten seconds, then stops. */
  close(): Promise<void>;
}

/** How long close() waits for work in flight. */
const drainMs = 10_000;

interface Started {
  readonly app: App;
  readonly served: readonly ServedFunction[];
  readonly invocations: Invocations;
}

/**
 * Starts the app, once per process (its modules register their functions only when first loaded). Rejects with a
 * HostError, and leaves nothing running, when configuration, code or port do not allow it.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const root = resolve(options.root);
  const [config, local] = await Promise.all([readHostJson(root), readLocalSettings(root)]);
  applySettings(local.values, options.settings ?? {});
  const hostname = options.hostname ?? '127.0.0.1';
  const server = await HttpServer.listen(hostname, options.port ?? 0);
  const url = `http://${isIPv4(hostname) ? hostname : 'localhost'}:${server.port}`;
  process.env.WEBSITE_HOSTNAME = `localhost:${server.port}`;
  process.env.AZURE_FUNCTIONS_ENVIRONMENT ??= 'Development';
  const log = createLog(options.log ?? 'text', config.logLevels);
  const forgetRejections = logUnhandledRejections(log);
  try {
    const started = await serveApp({ ...options, root, hostname }, config, local, server, log);
    let closing: Promise<void> | undefined;
    return {
      url,
      functions: started.served.map((served) => describe(served, url)),
      close: () => (closing ??= close(started, server, log).finally(forgetRejections)),
    };
  } catch (error) {
    forgetRejections();
    await server.close(0);
    throw error;
  }
}

async function serveApp(
  options: HostOptions & { readonly hostname: string },
  config: HostConfig,
  local: LocalSettings,
  server: HttpServer,
  log: Log,
): Promise<Started> {
  const app = await startApp(options.root, options.main, log);
  const writeOutputs = await openOutputs(app.functions, config);
  const invocations = new Invocations(app.registry, writeOutputs, log, config.functionTimeoutMs);
  const { invoke } = invocations;
  const routes = new RouteTable(config.routePrefix);
  const webhooks = new Webhooks();
  const dataDirectory = resolve(options.dataDirectory ?? join(options.root, '.data', 'host'));
  const clock = options.clock ?? systemClock;
  const host = { config, clock, log, invoke, routes, webhooks, dataDirectory };
  const served = await startTriggers(app.functions, host);
  const names = app.functions.map(({ name }) => name);
  const isGuarded = options.enableAuth === true || !isLoopback(options.hostname);
  const authorize = isGuarded ? await lockedDoors(dataDirectory, names, webhooks.extensions) : openDoors;
  const front = createFront({ served, routes, webhooks, invoke, authorize, streamUrl: app.streamUrl });
  server.serve(withCors(local.cors, front), log);
  return { app, served, invocations };
}

async function close({ app, served, invocations }: Started, server: HttpServer, log: Log): Promise<void> {
  const drained = [server.close(drainMs), stopTriggers(served, drainMs), invocations.drain(drainMs)] as const;
  const [, , abandoned] = await Promise.all(drained);
  if (abandoned > 0) log('warning', 'Host.General', `Stopped with ${abandoned} invocations still running.`);
  await terminateApp(app);
}

function describe({ fn, route, methods }: ServedFunction, url: string): HostedFunction {
  const { name, trigger } = fn;
  return {
    name,
    trigger: trigger.type,
    ...(route !== undefined && { route: `${url}/${route}` }),
    ...(methods && { methods }),
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || hostname.startsWith('127.');
}
