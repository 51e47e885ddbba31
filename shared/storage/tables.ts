/** The tables of the app, and the meaning of their failures. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { RestError, TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { credentialOf } from '../credential.ts';
import { inStorageTime } from '../storage-time.ts';
import { codeOf, failureOf } from './failure.ts';

/** How to reach storage: a connection string (local), or the URLs of its services with the app's managed identity. */
export type StorageSettings = { readonly timeoutMs?: number } & (
  | { readonly connectionString: string }
  | {
      readonly serviceUrls: Readonly<Record<'blob' | 'queue' | 'table', string>>;
      readonly clientId?: string | undefined;
    }
);

/** Why a conditional write or a read did not succeed, for the reasons that its caller handles. */
export type Refusal = 'exists' | 'changed' | 'missing';

/** One table, created at its first use. A failure is either a `Refusal` or the app's 503. */
export interface Table {
  /** Runs a request; the response of the service, or why it refused. */
  run<T>(request: (client: TableClient) => Promise<T>): Promise<T | Refusal>;
}

const retryOptions = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1000 };

/** Opens a table of the app. No request is made before the first use. */
export function openTable(settings: StorageSettings, name: string): Table {
  const client = clientOf(settings, name);
  const limited = <T>(request: (client: TableClient) => Promise<T>) =>
    inStorageTime(timeoutMsOf(settings), (signal) => signals.run(signal, () => request(client)));
  return {
    async run(request) {
      try {
        return await limited(request);
      } catch (error) {
        if (!isTableMissing(error)) {
          return refusalOf(error);
        }
      }
      try {
        await limited(() => client.createTable());
        return await limited(request);
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

/** The rows that one transaction takes. */
export const rowsPerTransaction = 100;

/** Whether an outcome is a refusal and not a row. */
export function isRefusal(outcome: unknown): outcome is Refusal {
  return outcome === 'exists' || outcome === 'changed' || outcome === 'missing';
}

/** The time that storage has to answer a client, or one request that no client waits for. */
export function timeoutMsOf({ timeoutMs = 8000 }: StorageSettings): number {
  return timeoutMs;
}

/** The signal of the request that is being made: it travels beside the methods of the SDK, which are called in many places. */
const signals = new AsyncLocalStorage<AbortSignal>();

/** A try that gets no answer is repeated within the time: a connection that broke unnoticed must not cost all of it. */
function tryPolicy(tryTimeoutMs: number): PipelinePolicy {
  return {
    name: 'switchboardStorageTry',
    async sendRequest(request, next) {
      const timeout = new AbortController();
      const timer = setTimeout(() => timeout.abort(), tryTimeoutMs);
      const whole = signals.getStore();
      request.abortSignal = AbortSignal.any([whole, timeout.signal].filter((signal) => signal !== undefined));
      try {
        return await next(request);
      } catch (error) {
        const isRepeatable = timeout.signal.aborted && !whole?.aborted;
        // The SDK knows by this code that it may repeat the request.
        throw isRepeatable ? new RestError('Storage did not answer in time.', { code: 'ETIMEDOUT', request }) : error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function clientOf(settings: StorageSettings, name: string): TableClient {
  const options: TableServiceClientOptions = {
    retryOptions,
    additionalPolicies: [{ policy: tryPolicy(timeoutMsOf(settings) / 2), position: 'perRetry' }],
  };
  return 'connectionString' in settings
    ? TableClient.fromConnectionString(settings.connectionString, name, { ...options, allowInsecureConnection: true })
    : new TableClient(settings.serviceUrls.table, name, credentialOf(settings.clientId), options);
}

function isTableMissing(error: unknown): boolean {
  return error instanceof RestError && codeOf(error) === 'TableNotFound';
}

/** Why a conditional request was refused. Throws any other failure. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof RestError) {
    if (codeOf(error) === 'EntityAlreadyExists' || codeOf(error) === 'TableAlreadyExists') {
      return 'exists';
    }
    if (error.statusCode === 412) {
      return 'changed';
    }
    if (error.statusCode === 404) {
      return 'missing';
    }
  }
  throw failureOf(error, 'Table Storage');
}
