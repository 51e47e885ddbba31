/** The API keys as stored: one row each. A key is found by its id. */
import type { StoredApiKey } from '../access/api-key.ts';
import { deleteRow, replaceRow, type Versioned } from './conditional-write.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export type ApiKeyStore = ReturnType<typeof openApiKeyStore>;

const partition = 'keys';

/** Opens the API keys. Every method is one storage transaction. */
export function openApiKeyStore(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}apikeys`);

  return {
    /** Adds a key, or replaces the version that was read; nothing when that has been changed or revoked by now. */
    async put(key: StoredApiKey, stored?: Versioned<StoredApiKey>): Promise<void> {
      await replaceRow(table, toEntity(partition, key.apiKeyId, key), stored);
    },

    async read(apiKeyId: string): Promise<Versioned<StoredApiKey> | undefined> {
      const entity = await table.run((client) => client.getEntity(partition, toKey(apiKeyId)));
      return isRefusal(entity) ? undefined : { value: fromEntity<StoredApiKey>(entity), etag: entity.etag };
    },

    /** Whether there was such a key. */
    async delete(apiKeyId: string): Promise<boolean> {
      return (await deleteRow(table, partition, toKey(apiKeyId), undefined)) === 'deleted';
    },

    list(limit: number, cursor: string | undefined) {
      return readPage<StoredApiKey>(table, partition, '', limit, cursor);
    },
  };
}
