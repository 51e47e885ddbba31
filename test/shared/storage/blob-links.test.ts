import { BlobServiceClient, RestError } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBlobLinks } from '../../../shared/storage/blob-links.ts';
import { type SecureStorage, startSecureStorage } from '../../support/secure-storage.ts';

let storage: SecureStorage;
let keys: number;
let isRefused: boolean;
let service: BlobServiceClient;

beforeAll(async () => {
  storage = await startSecureStorage();
});
afterAll(() => storage.close());

/** A client of the storage that counts requests for keys. */
function aService(): BlobServiceClient {
  [keys, isRefused] = [0, false];
  service = new BlobServiceClient(storage.accountUrl, {
    getToken: async () => {
      keys += 1;
      if (isRefused) {
        throw new RestError('no token', { statusCode: 403 });
      }
      return { token: storage.token(), expiresOnTimestamp: Date.now() };
    },
  });
  return service;
}

const file = { containerName: 'c', blobName: 'b', contentType: 'audio/wav', contentDisposition: 'inline' };
const keyOf = (link: string) => new URL(link).searchParams.get('ske');

test('one key signs the links of hours', async () => {
  const links = openBlobLinks(aService(), 600);
  const [first, second] = [
    await links('https://a.example.com/c/b', file),
    await links('https://a.example.com/c/b', file),
  ];
  expect(keyOf(first)).toBe(keyOf(second));
  expect(keys).toBe(1);
});

test('a key that storage refused is asked for again by the next link', async () => {
  const links = openBlobLinks(aService(), 600);
  isRefused = true;
  await expect(links('https://a.example.com/c/b', file)).rejects.toMatchObject({ code: 'storageUnavailable' });
  isRefused = false;
  expect(await links('https://a.example.com/c/b', file)).toContain('sig=');
});
