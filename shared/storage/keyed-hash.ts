/** Hashes values that people or clients choose, such as phone numbers, so that they may be part of table keys. */
import { createHmac, randomBytes } from 'node:crypto';
import { fromEntity, toEntity } from './document.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

/** The hash of a text; the first in a process reads the key. */
export type KeyedHash = (text: string) => Promise<string>;

const [partition, row] = ['hash', 'key'];
const keyBytes = 32;
/** Enough that no two values of a deployment have the same. */
const hashBytes = 16;

/**
 * Opens a hash whose key is the same for all instances: the first to need it stores a random one. Without the key a hash
 * says nothing about a number; of a plain digest, all numbers could be tried.
 */
export function openKeyedHash(settings: StorageSettings, tableName: string): KeyedHash {
  const table = openTable(settings, tableName);
  let key: Promise<string> | undefined;

  async function read(): Promise<string | undefined> {
    const entity = await table.run((client) => client.getEntity(partition, row));
    return isRefusal(entity) ? undefined : fromEntity<{ key: string }>(entity).key;
  }

  async function load(): Promise<string> {
    const known = await read();
    if (known !== undefined) {
      return known;
    }
    const made = randomBytes(keyBytes).toString('base64');
    const outcome = await table.run((client) => client.createEntity(toEntity(partition, row, { key: made })));
    // Another instance was first: its key counts.
    return isRefusal(outcome) ? load() : made;
  }

  return async (text) => {
    key ??= load().catch((error) => {
      key = undefined;
      throw error;
    });
    const digest = createHmac('sha256', Buffer.from(await key, 'base64'))
      .update(text)
      .digest();
    return digest.subarray(0, hashBytes).toString('base64url');
  };
}
