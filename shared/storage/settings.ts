/** The settings of storage, by the names that Functions has for them. */
import * as z from 'zod';
import { guid, serviceUrl, wholeNumber } from '../setting.ts';
import { isStorageConnectionString } from './connection-string.ts';
import type { StorageSettings } from './tables.ts';

const services = ['blob', 'queue', 'table'] as const;
type Service = (typeof services)[number];

/** A connection string (local), or an account or the URLs of its services with a managed identity. */
export const storageShape = {
  AzureWebJobsStorage: z
    .string()
    .refine(isStorageConnectionString, 'expected a connection string with AccountName, AccountKey and EndpointSuffix')
    .optional()
    .meta({ description: 'Connection string of the storage account', applies: 'local development' }),
  AzureWebJobsStorage__accountName: z
    .string()
    .regex(/^[a-z0-9]{3,24}$/, 'expected the name of a storage account')
    .optional()
    .meta({ description: 'Name of the storage account, reached with a managed identity', applies: 'Azure' }),
  /** Of the account's services in this cloud; Azure's own clouds differ. The host knows that of the public cloud only. */
  STORAGE_ENDPOINT_SUFFIX: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected a suffix such as that of `az cloud show`')
    .default('core.windows.net')
    .meta({
      description: 'Suffix of the storage services of the account; other Azure clouds have another',
      applies: 'Azure',
    }),
  AzureWebJobsStorage__blobServiceUri: serviceUrl()
    .optional()
    .meta({ description: 'URL of Blob Storage, instead of the account name', applies: 'Azure' }),
  AzureWebJobsStorage__queueServiceUri: serviceUrl()
    .optional()
    .meta({ description: 'URL of Queue Storage, instead of the account name', applies: 'Azure' }),
  AzureWebJobsStorage__tableServiceUri: serviceUrl()
    .optional()
    .meta({ description: 'URL of Table Storage, instead of the account name', applies: 'Azure' }),
  STORAGE_TIMEOUT_SECONDS: wholeNumber(1, 9).default(8).meta({
    description:
      'How long one request of a client waits for storage in all, before it gets 503; the time of ACS does not count',
  }),
  AzureWebJobsStorage__clientId: guid().optional().meta({
    description: 'Client id of the identity that reaches storage; `AZURE_CLIENT_ID` unless set',
    applies: 'Azure',
  }),
  AZURE_CLIENT_ID: guid().optional().meta({
    description: 'Client id of the user-assigned identity; the system-assigned one unless set',
    applies: 'Azure',
  }),
};

type StorageEnvironment = z.output<z.ZodObject<typeof storageShape>>;

/** Requires one of the ways to reach storage. */
export const storageRule = {
  path: ['AzureWebJobsStorage'],
  message:
    'required, or for a managed identity AzureWebJobsStorage__accountName, or AzureWebJobsStorage__blobServiceUri, ' +
    '__queueServiceUri and __tableServiceUri',
  when: () => true,
};

/** Whether the settings satisfy that rule. */
export function hasStorage(settings: StorageEnvironment): boolean {
  return (
    settings.AzureWebJobsStorage !== undefined || services.every((one) => urlOfService(settings, one) !== undefined)
  );
}

/** How to reach storage, by settings that have passed the rule. */
export function storageSettings(settings: StorageEnvironment): StorageSettings {
  const timeoutMs = settings.STORAGE_TIMEOUT_SECONDS * 1000;
  if (settings.AzureWebJobsStorage !== undefined) {
    return { timeoutMs, connectionString: settings.AzureWebJobsStorage };
  }
  const urlOf = (service: Service) => String(urlOfService(settings, service));
  return {
    timeoutMs,
    serviceUrls: { blob: urlOf('blob'), queue: urlOf('queue'), table: urlOf('table') },
    clientId: settings.AzureWebJobsStorage__clientId ?? settings.AZURE_CLIENT_ID,
  };
}

function urlOfService(settings: StorageEnvironment, service: Service): string | undefined {
  const account = settings.AzureWebJobsStorage__accountName;
  return (
    settings[`AzureWebJobsStorage__${service}ServiceUri`] ??
    (account && `https://${account}.${service}.${settings.STORAGE_ENDPOINT_SUFFIX}`)
  );
}
