/** The slots of the counted limits: one row beside the limits, which is written only as it was read. */
import { noSlots, type SlotState } from '../limits/slots.ts';
import { replaceRow } from './conditional-write.ts';
import { fromEntity, toEntity } from './document.ts';
import { openKeyedHash } from './keyed-hash.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export type SlotStore = ReturnType<typeof openSlotStore>;

const [partition, row] = ['limits', 'slots'];

/** Opens the row. Every method is one storage transaction, the first `callerKey` of a process two. */
export function openSlotStore(settings: StorageSettings, tablePrefix: string) {
  const name = `${tablePrefix}limits`;
  const table = openTable(settings, name);

  return {
    callerKey: openKeyedHash(settings, name),

    async read(): Promise<{ readonly state: SlotState; readonly etag?: string }> {
      const entity = await table.run((client) => client.getEntity(partition, row));
      return isRefusal(entity) ? { state: noSlots } : { state: fromEntity<SlotState>(entity), etag: entity.etag };
    },

    /** Writes the slots unless another writer was faster since they were read. */
    async write(state: SlotState, etag: string | undefined): Promise<boolean> {
      const entity = toEntity(partition, row, state);
      return etag === undefined
        ? !isRefusal(await table.run((client) => client.createEntity(entity)))
        : !isRefusal(await replaceRow(table, entity, { etag }));
    },
  };
}
