/** host.json: what this host honours of it, with Azure's defaults. Settings of other extensions pass unread. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type Versions, versionMatches } from '../durable/versions.ts';
import { HostError } from '../errors.ts';
import { type LogLevels, logLevels } from '../log.ts';
import { readJsonFile } from './json-file.ts';

/** `extensions.queues` of host.json. */
export interface QueueOptions {
  /** Messages fetched at once, at most 32. */
  readonly batchSize: number;
  /** The next batch is fetched when no more than this many messages are still at work. */
  readonly newBatchThreshold: number;
  /** `visibilityTimeout`: how long a message that failed stays hidden before it is tried again. */
  readonly retryDelayMs: number;
  readonly maxDequeueCount: number;
  /** One minute by default in Azure; two seconds on a developer's machine, as with Core Tools. */
  readonly maxPollingIntervalMs: number;
  readonly messageEncoding: 'base64' | 'none';
}

/** `extensions.durableTask` of host.json. */
export interface DurableOptions {
  readonly hubName: string;
  /** `maxConcurrentOrchestratorFunctions` and `maxConcurrentActivityFunctions`. */
  readonly orchestratorCount: number;
  readonly activityCount: number;
  readonly versions: Versions;
  /** How long messages stay invisible that a process took and did not finish. */
  readonly visibility: { readonly controlQueueMs: number; readonly workItemQueueMs: number };
}

export interface HostConfig {
  readonly routePrefix: string;
  /** Infinity when there is no limit. */
  readonly functionTimeoutMs: number;
  readonly logLevels: LogLevels;
  readonly queues: QueueOptions;
  readonly durable: DurableOptions;
}

/** `[d.]hh:mm:ss[.fff]`, .NET's TimeSpan, as milliseconds. */
const timeSpanMs = z
  .string()
  .regex(/^(\d+\.)?\d{1,2}:\d{2}:\d{2}(\.\d{1,7})?$/, 'expected a time span hh:mm:ss')
  .transform((text) => {
    const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
      /^(?:(\d+)\.)?(\d+):(\d+):([\d.]+)$/.exec(text) ?? [];
    return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  });

const logLevel = z
  .string()
  .toLowerCase()
  .pipe(z.enum(logLevels, `expected one of ${logLevels.join(', ')}`));

const queues = z
  .object({
    batchSize: z.coerce.number().int().min(1).max(32).default(16),
    newBatchThreshold: z.coerce.number().int().min(0).optional(),
    visibilityTimeout: timeSpanMs.default(0),
    maxDequeueCount: z.coerce.number().int().min(1).default(5),
    maxPollingInterval: timeSpanMs.pipe(z.number().min(100)).default(2000),
    messageEncoding: z.enum(['base64', 'none']).default('base64'),
  })
  .transform(
    (options): QueueOptions => ({
      batchSize: options.batchSize,
      newBatchThreshold: options.newBatchThreshold ?? Math.floor(options.batchSize / 2),
      retryDelayMs: options.visibilityTimeout,
      maxDequeueCount: options.maxDequeueCount,
      maxPollingIntervalMs: options.maxPollingInterval,
      messageEncoding: options.messageEncoding,
    }),
  );

/** Documented: ten for each processor. */
const defaultConcurrency = 10 * availableParallelism();

const minuteMs = 60_000;

/** Azure's storage provider checks one of the two times (AzureStorageOptions.Validate). */
const storageProvider = z.object({
  controlQueueVisibilityTimeout: timeSpanMs
    .pipe(
      z
        .number('expected 1 to 60 minutes')
        .min(minuteMs)
        .max(60 * minuteMs),
    )
    .default(5 * minuteMs),
  workItemQueueVisibilityTimeout: timeSpanMs.default(5 * minuteMs),
});

/**
 * A setting of this host alone, which replaces both times: tests that kill the host repeatedly cannot wait
 * for a minute each time, which is the shortest that Azure allows.
 */
const visibilitySetting = 'EMBEDDED_HOST_VISIBILITY_SECONDS';

const durableTask = z
  .object({
    hubName: z
      .string()
      .transform(settingsIn)
      .pipe(z.string().regex(/^[a-z][a-z0-9]{2,44}$/i, 'expected 3 to 45 letters and digits, a letter first'))
      .default('TestHubName'),
    maxConcurrentOrchestratorFunctions: z.coerce.number().int().min(1).default(defaultConcurrency),
    maxConcurrentActivityFunctions: z.coerce.number().int().min(1).default(defaultConcurrency),
    storageProvider: storageProvider.prefault({}),
    defaultVersion: z.string().optional(),
    versionMatchStrategy: z.string().toLowerCase().pipe(z.enum(versionMatches)).default('currentorolder'),
  })
  .transform(
    (options): DurableOptions => ({
      hubName: options.hubName,
      orchestratorCount: options.maxConcurrentOrchestratorFunctions,
      activityCount: options.maxConcurrentActivityFunctions,
      versions: { current: options.defaultVersion, match: options.versionMatchStrategy },
      visibility: visibilityIn(options.storageProvider),
    }),
  );

const hostJson = z.object({
  version: z.literal('2.0', 'expected "2.0"'),
  /** `-1` is no limit. */
  functionTimeout: z
    .union([z.literal('-1').transform(() => Number.POSITIVE_INFINITY), timeSpanMs])
    .default(30 * 60 * 1000),
  logging: z
    .object({ logLevel: z.record(z.string(), logLevel).default({}) })
    .prefault({})
    .transform(({ logLevel: levels }) => levels),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      queues: queues.prefault({}),
      durableTask: durableTask.prefault({}),
    })
    .prefault({}),
});

/** The host.json of the app at `root`; a missing one is an error, as it is for Core Tools. */
export async function readHostJson(root: string): Promise<HostConfig> {
  const { functionTimeout, logging, extensions } = await readJsonFile(
    join(root, 'host.json'),
    z.preprocess(withOverrides, hostJson),
  );
  return {
    routePrefix: extensions.http.routePrefix.replace(/^\/+|\/+$/g, ''),
    functionTimeoutMs: functionTimeout,
    logLevels: logging,
    queues: extensions.queues,
    durable: extensions.durableTask,
  };
}

function visibilityIn(options: z.output<typeof storageProvider>): DurableOptions['visibility'] {
  const seconds = process.env[visibilitySetting];
  const shortenedMs = seconds === undefined ? undefined : Number(seconds) * 1000;
  if (shortenedMs !== undefined && !(shortenedMs >= 0)) {
    throw new HostError(`${visibilitySetting} takes a number of seconds, not "${seconds}".`);
  }
  return {
    controlQueueMs: shortenedMs ?? options.controlQueueVisibilityTimeout,
    workItemQueueMs: shortenedMs ?? options.workItemQueueVisibilityTimeout,
  };
}

/** Every `%setting%` in a text replaced by its value; one that is not there stays, and is refused as it is. */
function settingsIn(text: string): string {
  return text.replace(/%([^%\s]+)%/g, (reference, setting: string) => process.env[setting] ?? reference);
}

const overridePrefix = 'AzureFunctionsJobHost__';

/** The file with the settings that override it: `AzureFunctionsJobHost__extensions__http__routePrefix` and the like. */
function withOverrides(file: unknown): unknown {
  const overridden = structuredClone(file);
  for (const [setting, value] of Object.entries(process.env)) {
    if (setting.startsWith(overridePrefix) && isObject(overridden)) {
      override(overridden, setting.slice(overridePrefix.length).split('__'), value);
    }
  }
  return overridden;
}

function override(object: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    object[name] = value;
    return;
  }
  const inner = isObject(object[name]) ? object[name] : {};
  object[name] = inner;
  override(inner, rest, value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
