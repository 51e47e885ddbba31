/** Deliveries by receiver, the newest event first. */
import type { DeliveryRecord } from '../webhooks/delivery.ts';
import { fromEntity, newestFirst, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { removeRows } from './row-removal.ts';
import { isRefusal, openTable, rowsPerTransaction, type StorageSettings } from './tables.ts';

export type DeliveryStore = ReturnType<typeof openDeliveries>;

/** A delivery with the ETag it was read with. */
export interface StoredDelivery {
  readonly record: DeliveryRecord;
  readonly etag: string;
}

export function openDeliveries(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}webhookDeliveries`);

  async function get(receiver: string, deliveryId: string): Promise<StoredDelivery | undefined> {
    const entity = await table.run((client) => client.getEntity(toKey(receiver), toKey(deliveryId)));
    return isRefusal(entity) ? undefined : { record: fromEntity<DeliveryRecord>(entity), etag: entity.etag };
  }

  return {
    get,

    /**
     * Changes a delivery, one transaction with the row that was read or is new; after a write conflict, as it is now.
     * Returns it as it is stored.
     */
    async change(
      receiver: string,
      known: DeliveryRecord | StoredDelivery,
      change: (delivery: DeliveryRecord) => DeliveryRecord,
    ): Promise<DeliveryRecord> {
      const initial = 'record' in known ? known.record : known;
      let stored = 'record' in known ? known : undefined;
      for (;;) {
        const record = change(stored?.record ?? initial);
        const row = toEntity(toKey(receiver), toKey(record.deliveryId), record);
        const etag = stored?.etag;
        const written = await table.run<unknown>((client) =>
          etag === undefined ? client.createEntity(row) : client.updateEntity(row, 'Replace', { etag }),
        );
        if (!isRefusal(written)) {
          return record;
        }
        stored = await get(receiver, record.deliveryId);
      }
    },

    list(receiver: string, limit: number, cursor: string | undefined) {
      return readPage<DeliveryRecord>(table, toKey(receiver), '', limit, cursor);
    },

    /** Removes a delivery. */
    async remove(receiver: string, deliveryId: string): Promise<void> {
      await table.run((client) => client.deleteEntity(toKey(receiver), toKey(deliveryId)));
    },

    /** Removes deliveries of events before a time, or all: a read and a transaction for each hundred. */
    async purge(receiver: string, before?: string): Promise<void> {
      const partitionKey = toKey(receiver);
      const older = before === undefined ? undefined : newestFirst(before);
      for (;;) {
        const { items } = await readPage<DeliveryRecord>(table, partitionKey, '', rowsPerTransaction, older);
        if (items.length === 0) {
          return;
        }
        const keys = items.map(({ deliveryId }) => toKey(deliveryId));
        await removeRows(table, partitionKey, keys);
      }
    },
  };
}
