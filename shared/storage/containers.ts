/** Blob containers by their address: the archive's, and those of callers to which ACS writes. */
import { isIP } from 'node:net';
import { BlobServiceClient, type ContainerClient, RestError } from '@azure/storage-blob';
import { credentialOf } from '../credential.ts';
import { inStorageTime } from '../storage-time.ts';
import { failureOf } from './failure.ts';
import type { StorageSettings } from './tables.ts';

/** A container, and the folder in it that an address names; the folder is empty or ends with a slash. */
export interface BlobFolder {
  readonly container: ContainerClient;
  readonly folder: string;
  /** The account as the managed identity reaches it; undefined when an account key does. */
  readonly byIdentity: BlobServiceClient | undefined;
}

const retryOptions = { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000 };

/** The address of a container in the app's own account. */
export function containerUrlOf(settings: StorageSettings, name: string): string {
  return new URL(name, slashed(serviceOf(settings).url)).href;
}

/** Opens a folder: with the connection string in the app's own account, with the managed identity in any other. */
export function openBlobFolder(settings: StorageSettings, url: string): BlobFolder {
  const own = serviceOf(settings);
  const isOwn = url.startsWith(slashed(own.url));
  const service = isOwn
    ? own
    : new BlobServiceClient(accountOf(url), credentialOf(clientIdOf(settings)), { retryOptions });
  const { origin, pathname } = new URL(url);
  const [name = '', ...folders] = `${origin}${pathname}`.slice(slashed(service.url).length).split('/').filter(Boolean);
  return {
    container: service.getContainerClient(name),
    folder: folders.map((folder) => `${decodeURIComponent(folder)}/`).join(''),
    byIdentity: isOwn && 'connectionString' in settings ? undefined : service,
  };
}

/** The address of the account: the origin, and where that is an IP address, as in Azurite, also the first segment of the path. */
function accountOf(url: string): string {
  const { origin, hostname, pathname } = new URL(url);
  return isIP(hostname) === 0 ? origin : `${origin}/${pathname.split('/')[1]}`;
}

/** The time of a request that no client waits for: enough for a block of a recording. */
const longestRequestMs = 30_000;

/** Runs a request in the time that storage has, and aborts it then by the signal. */
export function inTime<T>(request: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  return inStorageTime(longestRequestMs, request);
}

/** Runs a request. Undefined when the blob is missing; unavailable storage is the app's 503. */
export async function ifThere<T>(request: (abortSignal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  try {
    return await inTime(request);
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
