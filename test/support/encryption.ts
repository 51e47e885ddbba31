/** Encryption whose data keys are in memory: for tests that seal and open without an app. */
import { type Encryption, type EncryptionParts, openEncryption } from '../../shared/encryption/encryption.ts';
import { publishedKey } from '../../shared/encryption/local-key.ts';
import type { DataKeyStore, WrappedKey } from '../../shared/storage/data-keys.ts';

export function anEncryption(parts: Partial<EncryptionParts> = {}): Encryption {
  const log = { dataKeysNotLoaded: () => {} };
  return openEncryption({ rows: dataKeysInMemory(), wrappingKey: publishedKey, log, now: Date.now, ...parts });
}

export function dataKeysInMemory(): DataKeyStore & { readonly stored: WrappedKey[] } {
  const stored: WrappedKey[] = [];
  return {
    stored,
    all: async () => [...stored],
    async add(key) {
      if (!stored.some(({ keyId }) => keyId === key.keyId)) {
        stored.push(key);
      }
    },
  };
}
