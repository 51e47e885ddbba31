/** The tables of the app, and the meaning of their failures. */
import { RestError, TableClient, TableServiceClient } from '@azure/data-tables';
import { credentialOf } from '../credential.ts';
import { codeOf, failureOf } from './failure.ts';

/** How to reach storage: a connection string (local), or the URLs of its services with the app's managed identity. */
export type StorageSettings =
  | { readonly connectionString: string }
  | {
      readonly serviceUrls: Readonly<Record<'blob' | 'queue' | 'table', string>>;
      readonly clientId?: string | undefined;
    };

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
  return {
    async run(request) {
      try {
        return await request(client);
      } catch (error) {
        if (!isTableMissing(error)) {
          return refusalOf(error);
        }
      }
      try {
        await client.createTable();
        return await request(client);
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

/** Makes a check whether storage responds, for the health endpoint: one small request each time. */
export function openPing(settings: StorageSettings): () => Promise<void> {
  const service =
    'connectionString' in settings
      ? TableServiceClient.fromConnectionString(settings.connectionString, {
          allowInsecureConnection: true,
          retryOptions,
        })
      : new TableServiceClient(settings.serviceUrls.table, credentialOf(settings.clientId), { retryOptions });
  return async () => {
    await service.listTables().byPage({ maxPageSize: 1 }).next();
  };
}

/** Whether an outcome is a refusal and not a row. */
export function isRefusal(outcome: unknown): outcome is Refusal {
  return outcome === 'exists' || outcome === 'changed' || outcome === 'missing';
}

function clientOf(settings: StorageSettings, name: string): TableClient {
  return 'connectionString' in settings
    ? TableClient.fromConnectionString(settings.connectionString, name, { allowInsecureConnection: true, retryOptions })
    : new TableClient(settings.serviceUrls.table, name, credentialOf(settings.clientId), { retryOptions });
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
