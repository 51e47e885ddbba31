/** The settings of storage, by the names that Functions has for them. */
import * as z from 'zod';
import { guid, serviceUrl } from '../setting.ts';
import { isStorageConnectionString } from './connection-string.ts';
import type { StorageSettings } from './tables.ts';

const services = ['blob', 'queue', 'table'] as const;
type Service = (typeof services)[number];

/** A connection string (local), or an account or the URLs of its services with a managed identity. */
export const storageShape = {
  AzureWebJobsStorage: z
    .string()
    .refine(isStorageConnectionString, 'expected a connection string with AccountName, AccountKey and EndpointSuffix')
    .optional(),
  AzureWebJobsStorage__accountName: z
    .string()
    .regex(/^[a-z0-9]{3,24}$/, 'expected the name of a storage account')
    .optional(),
  /** Of the account's services in this cloud; Azure's own clouds differ. The host knows that of the public cloud only. */
  STORAGE_ENDPOINT_SUFFIX: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected a suffix such as that of `az cloud show`')
    .default('core.windows.net'),
  AzureWebJobsStorage__blobServiceUri: serviceUrl().optional(),
  AzureWebJobsStorage__queueServiceUri: serviceUrl().optional(),
  AzureWebJobsStorage__tableServiceUri: serviceUrl().optional(),
  AzureWebJobsStorage__clientId: guid().optional(),
  AZURE_CLIENT_ID: guid().optional(),
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
  if (settings.AzureWebJobsStorage !== undefined) {
    return { connectionString: settings.AzureWebJobsStorage };
  }
  const urlOf = (service: Service) => String(urlOfService(settings, service));
  return {
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
