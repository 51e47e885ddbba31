/** Removes rows of one partition together; rows that are gone already keep the others from nothing. */
import type { TransactionAction } from '@azure/data-tables';
import { isRefusal, rowsPerTransaction, type Table } from './tables.ts';

/**
 * Removes rows: a transaction for each hundred. Storage refuses a transaction whole when one of its rows is missing, as after
 * a removal that another process made or a crash interrupted: its rows are then removed one by one.
 */
export async function removeRows(table: Table, partitionKey: string, keys: readonly string[]): Promise<void> {
  for (let first = 0; first < keys.length; first += rowsPerTransaction) {
    const some = keys.slice(first, first + rowsPerTransaction);
    const deletions = some.map((rowKey): TransactionAction => ['delete', { partitionKey, rowKey }]);
    if (isRefusal(await table.run((client) => client.submitTransaction(deletions)))) {
      for (const rowKey of some) {
        await table.run((client) => client.deleteEntity(partitionKey, rowKey));
      }
    }
  }
}
