/** The limits as stored, in a table of their own. */
import type { StoredLimits } from '../limits/limits.ts';
import { fromEntity, toEntity } from './document.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export type LimitStore = ReturnType<typeof openLimitStore>;

const [partition, row] = ['limits', 'limits'];

/** Opens the table. Every method is one storage transaction. */
export function openLimitStore(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}limits`);

  return {
    async readLimits(): Promise<StoredLimits | undefined> {
      const entity = await table.run((client) => client.getEntity(partition, row));
      return isRefusal(entity) ? undefined : fromEntity<StoredLimits>(entity);
    },

    async putLimits(limits: StoredLimits): Promise<void> {
      await table.run((client) => client.upsertEntity(toEntity(partition, row, limits), 'Replace'));
    },
  };
}
