/** Takes what the ledger has of a call out of it: every row of the call, and the intents of its operations. */
import { odata } from '@azure/data-tables';
import { toKey } from './document.ts';
import { removeRows } from './row-removal.ts';
import { openTable, rowsPerTransaction, type StorageSettings, type Table } from './tables.ts';

export interface CallRemoval {
  /** Removes a call; the same again, or after a crash, removes the rest. Answers how many of its rows are gone. */
  remove(callId: string): Promise<number>;
}

/** Opens the removal. No request is made before the first use. */
export function openCallRemoval(settings: StorageSettings, tablePrefix: string): CallRemoval {
  const table = openTable(settings, `${tablePrefix}calls`);
  return {
    async remove(callId) {
      const partitionKey = toKey(callId);
      // The call's own row goes last: as long as it is there, the removal is not done.
      let removed = 0;
      for (
        let keys = await someKeys(table, partitionKey);
        keys.length > 0;
        keys = await someKeys(table, partitionKey)
      ) {
        await removeIntents(table, keys);
        await removeRows(table, partitionKey, keys);
        removed += keys.length;
      }
      await table.run((client) => client.deleteEntity(partitionKey, 'call'));
      return removed + 1;
    },
  };
}

/** Keys of the partition but the call's own: as many as go into one transaction. */
async function someKeys(table: Table, partitionKey: string): Promise<string[]> {
  const filter = odata`PartitionKey eq ${partitionKey} and RowKey ne 'call'`;
  const keys: string[] = [];
  await table.run(async (client) => {
    const pages = client.listEntities({ queryOptions: { filter, select: ['RowKey'] } });
    for await (const page of pages.byPage({ maxPageSize: rowsPerTransaction })) {
      keys.push(...page.map(({ rowKey }) => String(rowKey)));
      if (keys.length > 0) {
        break;
      }
    }
  });
  return keys;
}

/** What was asked is kept under each operation's own id. */
async function removeIntents(table: Table, keys: readonly string[]): Promise<void> {
  const operationIds = keys.flatMap((key) => /^(?:operation|asked):(.+)$/.exec(key)?.[1] ?? []);
  await Promise.all(
    operationIds.map((operationId) => table.run((client) => client.deleteEntity(toKey(operationId), 'intent'))),
  );
}
