/** The wrapped data keys of encryption: one row for each version of the key that wraps them, never changed. */
import { toEntity } from './document.ts';
import { readPage } from './page.ts';
import { openTable, type StorageSettings } from './tables.ts';

/** A data key as it is stored; its id is the version of the key that has wrapped it. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: string;
  readonly createdAt: string;
}

export type DataKeyStore = ReturnType<typeof openDataKeys>;

const partition = 'dataKeys';

/** Rotated each day, a key has fewer versions in two years. */
const maxKeys = 999;

/** Opens the data keys. Every method is one storage transaction. */
export function openDataKeys(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}dataKeys`);

  return {
    async all(): Promise<readonly WrappedKey[]> {
      return (await readPage<WrappedKey>(table, partition, '', maxKeys, undefined)).items;
    },

    /** Stores a data key, unless another instance has stored one of the same version: then that one counts. */
    async add(key: WrappedKey): Promise<void> {
      await table.run((client) => client.createEntity(toEntity(partition, key.keyId, key)));
    },
  };
}
