/** Failed deliveries by receiver, newest first. */
import type { TransactionAction } from '@azure/data-tables';
import type { Failure } from '../webhooks/failure.ts';
import { newestFirst, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { openTable, type StorageSettings } from './tables.ts';

export type WebhookFailureStore = ReturnType<typeof openWebhookFailures>;

/** Rows in one transaction. */
const batchSize = 100;

export function openWebhookFailures(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}webhookFailures`);

  return {
    /** Stores a failure. */
    async add(receiver: string, failure: Failure): Promise<void> {
      await table.run((client) => client.upsertEntity(toEntity(toKey(receiver), keyOf(failure), failure), 'Replace'));
    },

    list(receiver: string, limit: number, cursor: string | undefined) {
      return readPage<Failure>(table, toKey(receiver), '', limit, cursor);
    },

    /** Removes failures before a time: a read and a transaction for each hundred. */
    async purge(receiver: string, before: string): Promise<void> {
      const partitionKey = toKey(receiver);
      const older = newestFirst(before);
      for (;;) {
        const { items } = await readPage<Failure>(table, partitionKey, '', batchSize, older);
        if (items.length === 0) {
          return;
        }
        const rows = items.map((one): TransactionAction => ['delete', { partitionKey, rowKey: keyOf(one) }]);
        await table.run((client) => client.submitTransaction(rows));
      }
    },
  };
}

function keyOf({ failedAt, notificationId }: Failure): string {
  return toKey(`${newestFirst(failedAt)}:${notificationId}`);
}
