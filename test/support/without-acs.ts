/** Settings with which the app starts and serves, on the storage of the run, where a test needs no ACS. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

export function settingsWithoutAcs(): Record<string, string> {
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  return {
    ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9/;accesskey=a2V5',
    ACS_RESOURCE_ID: randomUUID(),
    PUBLIC_BASE_URL: 'http://127.0.0.1:9',
    AzureWebJobsStorage: inject('storage'),
    TABLE_PREFIX: `t${id}`,
    AzureFunctionsJobHost__extensions__durableTask__hubName: `h${id}`,
  };
}
