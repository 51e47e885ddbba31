/** The user's own Blob container, to which recordings are written instead of ACS's storage. */

import { Readable } from 'node:stream';
import { azuriteKey, storageProblem } from '../azurite.ts';
import type { MediaFile } from './media-file.ts';

const BLOCK_BYTES = 4 * 1024 * 1024;
const BLOCKS_AT_A_TIME = 2;
const MAX_TRIES = 4;
const RETRY_DELAY_MS = 100;

/** Why nothing can be written to a container, or undefined. ACS writes as a managed identity, which is lacking here. */
export function containerProblem(containerUrl: string): string | undefined {
  if (!URL.canParse(containerUrl) || !/^https?:\/\/[^/]+\/[^/?]+/.test(containerUrl)) {
    return 'must be the http or https URL of a Blob container';
  }
  return storageProblem(new URL(containerUrl));
}

/** The address of a blob in the container, without a SAS. */
export function blobLocation(containerUrl: string, name: string): string {
  const { origin, pathname } = blobUrl(containerUrl, name);
  return `${origin}${pathname}`;
}

/** Writes a blob, block by block; rejects when the storage refuses it. */
export async function upload(containerUrl: string, name: string, file: MediaFile): Promise<void> {
  // Loaded on first use: most recordings stay in ACS's storage.
  const { BlockBlobClient, StorageSharedKeyCredential } = await import('@azure/storage-blob');
  const url = blobUrl(containerUrl, name);
  const known = azuriteKey(url);
  // Short retries, because a manual clock waits for this; a recording must not be lost with one connection.
  const blob = new BlockBlobClient(url.href, known && new StorageSharedKeyCredential(...known), {
    retryOptions: { maxTries: MAX_TRIES, retryDelayInMs: RETRY_DELAY_MS },
  });
  const content = Readable.from(file.read(0, file.length));
  await blob.uploadStream(content, BLOCK_BYTES, BLOCKS_AT_A_TIME, {
    blobHTTPHeaders: { blobContentType: file.mediaType },
  });
}

function blobUrl(containerUrl: string, name: string): URL {
  const url = new URL(containerUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${name}`;
  return url;
}
