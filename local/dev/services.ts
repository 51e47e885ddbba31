/** The parts, each with the command that runs it: storage (Azurite), the ACS emulator, and the app in the Functions host. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listens, serves } from './answers.ts';
import type { Ports } from './ports.ts';
import type { ServicePlan } from './service.ts';
import { settingsFor, storageAccount, urlAt } from './settings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Slow machines need long; a part that fails is reported at once, whatever this says. */
const readyWithinMs = 120_000;

export interface ServiceOptions {
  readonly ports: Ports;
  /** Storage, keys and timer schedules are kept here. */
  readonly dataDirectory: string;
  /** The files with the functions; `functions/*.ts` unless given. */
  readonly main?: string;
  /** Restarts the app when a source file changes. */
  readonly watch?: boolean;
  /** How host and emulator write their log: for people unless given. */
  readonly log?: 'text' | 'json';
  /** Of the emulator's ids; always the same unless given. */
  readonly seed?: number;
  /** Settings of the app on top of those that say where the parts are. */
  readonly settings?: Readonly<Record<string, string>>;
}

export function storage({ ports, dataDirectory }: ServiceOptions): ServicePlan {
  const { blob, queue, table } = ports;
  const flags = ['--silent', '--disableTelemetry', '--skipApiVersionCheck'];
  const listen = ['--blobPort', `${blob}`, '--queuePort', `${queue}`, '--tablePort', `${table}`];
  return {
    name: 'storage',
    command: [
      createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
      ...flags,
      ...listen,
      '--location',
      join(dataDirectory, 'azurite'),
    ],
    probes: [blob, queue, table].map((port) => listens(`${urlAt(port)}/${storageAccount}`)),
    readyWithinMs,
    // It writes to its files what it still holds in memory.
    stopWithinMs: 15_000,
  };
}

export function emulator({ ports, log = 'text', seed }: ServiceOptions): ServicePlan {
  const flags = ['--http', `${ports.emulator}`, '--https', `${ports.emulatorTls}`, '--log', log];
  return {
    name: 'emulator',
    command: [join(root, 'local/emulator/main.ts'), ...flags, ...(seed === undefined ? [] : ['--seed', `${seed}`])],
    probes: [serves(`${urlAt(ports.emulator)}/emulator/settings`)],
    readyWithinMs,
    stopWithinMs: 5000,
  };
}

export function host(options: ServiceOptions): ServicePlan {
  const { ports, dataDirectory, main = 'functions/*.ts', log = 'text', watch, settings } = options;
  const data = join(dataDirectory, 'host');
  const flags = ['--root', root, '--main', main, '--port', `${ports.host}`, '--data', data, '--log', log];
  return {
    name: 'host',
    command: [join(root, 'local/host/main.ts'), ...flags, ...(watch === true ? ['--watch'] : [])],
    settings: { ...settingsFor(ports), ...settings },
    probes: [serves(`${urlAt(ports.host)}/api/health`)],
    readyWithinMs,
    // It drains for ten seconds, and so may the process that it watches.
    stopWithinMs: 25_000,
  };
}
