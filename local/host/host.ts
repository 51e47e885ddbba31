/** The embedded Azure Functions host: loads an unmodified `@azure/functions` 4 app and serves it on this machine. */

import { isIPv4 } from 'node:net';
import { join, resolve } from 'node:path';
import { logUnhandledRejections } from './app/unhandled.ts';
import { type Clock, systemClock } from './clock.ts';
import { isLoopback } from './http/loopback.ts';
import { HttpServer } from './http/server.ts';
import { createLog, type LogTarget } from './log.ts';
import { type RunningApp, serveApp } from './running-app.ts';
import { readHostJson } from './settings/host-json.ts';
import { applySettings, readLocalSettings } from './settings/local-settings.ts';
import type { ServedFunction } from './triggers/trigger.ts';

export type { Clock } from './clock.ts';
export type { LogEntry } from './log.ts';

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
  /** Enforces `authLevel`; Core Tools do not, unless started with `--enableAuth`. */
  readonly enableAuth?: boolean;
  /** Where keys and timer schedules are kept; `.data/host` of the app unless given. */
  readonly dataDirectory?: string;
  readonly log?: LogTarget;
  /** Called with what happened after an unhandled rejection was logged: a program that only serves the app ends then, as Azure's worker does. */
  readonly onUnhandledRejection?: (what: string) => void;
  /** Time of schedules, retries and orchestrations. */
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

/**
 * Starts the app, once per process (its modules register their functions only when first loaded). Rejects with a
 * HostError, and leaves nothing running, when configuration, code or port do not allow it.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const root = resolve(options.root);
  const local = await readLocalSettings(root);
  applySettings(local.values, options.settings ?? {});
  const config = await readHostJson(root);
  const hostname = options.hostname ?? '127.0.0.1';
  const server = await HttpServer.listen(hostname, options.port ?? 0);
  const url = `http://${isIPv4(hostname) ? hostname : 'localhost'}:${server.port}`;
  process.env.WEBSITE_HOSTNAME = `localhost:${server.port}`;
  process.env.AZURE_FUNCTIONS_ENVIRONMENT ??= 'Development';
  const log = createLog(options.log ?? 'text', config.logLevels);
  const stopLoggingRejections = logUnhandledRejections(log, options.onUnhandledRejection);
  const { main, clock = systemClock, enableAuth = false } = options;
  const isGuarded = enableAuth || !isLoopback(hostname);
  const dataDirectory = resolve(options.dataDirectory ?? join(root, '.data', 'host'));
  try {
    const { cors } = local;
    const app = await serveApp({ root, main, config, cors, isGuarded, dataDirectory, server, url, log, clock });
    return hostOf(app, url, stopLoggingRejections);
  } catch (error) {
    stopLoggingRejections();
    await server.close(0);
    throw error;
  }
}

function hostOf({ served, close }: RunningApp, url: string, onClosed: () => void): Host {
  let closing: Promise<void> | undefined;
  return {
    url,
    functions: served.map((one) => describe(one, url)),
    close() {
      closing ??= close(drainMs).finally(onClosed);
      return closing;
    },
  };
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
