/** Blob containers by their address: the archive's, and those of callers to which ACS writes. */
import { BlobServiceClient, ContainerClient, RestError } from '@azure/storage-blob';
import { credentialOf } from '../credential.ts';
import { failureOf } from './failure.ts';
import type { StorageSettings } from './tables.ts';

/** A container, and the folder in it that an address names; the folder is empty or ends with a slash. */
export interface BlobFolder {
  readonly container: ContainerClient;
  readonly folder: string;
}

const retryOptions = { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000, tryTimeoutInMs: 30_000 };

/** The address of a container in the app's own account. */
export function containerUrlOf(settings: StorageSettings, name: string): string {
  return new URL(name, slashed(serviceOf(settings).url)).href;
}

/** Opens a folder: with the connection string in the app's own account, with the managed identity in any other. */
export function openBlobFolder(settings: StorageSettings, url: string): BlobFolder {
  const account = slashed(serviceOf(settings).url);
  const { origin, pathname } = new URL(url);
  const root = url.startsWith(account) ? account : `${origin}/`;
  const [name = '', ...folders] = `${origin}${pathname}`.slice(root.length).split('/').filter(Boolean);
  const container =
    root === account
      ? serviceOf(settings).getContainerClient(name)
      : new ContainerClient(`${root}${name}`, credentialOf(clientIdOf(settings)), { retryOptions });
  return { container, folder: folders.map((folder) => `${decodeURIComponent(folder)}/`).join('') };
}

/** Runs a request. Undefined when the blob is missing; unavailable storage is the app's 503. */
export async function ifThere<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) {
      return undefined;
    }
    throw unavailable(error);
  }
}

/** The error of a failed request. */
export function unavailable(error: unknown): unknown {
  return failureOf(error, 'Blob Storage');
}

function serviceOf(settings: StorageSettings): BlobServiceClient {
  return 'connectionString' in settings
    ? BlobServiceClient.fromConnectionString(settings.connectionString, { retryOptions })
    : new BlobServiceClient(settings.serviceUrls.blob, credentialOf(settings.clientId), { retryOptions });
}

function clientIdOf(settings: StorageSettings): string | undefined {
  return 'clientId' in settings ? settings.clientId : undefined;
}

function slashed(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
