/** The index of the operations that did not succeed, over all calls: by status and by name, the newest first. It holds ids only. */
import type { TransactionAction } from '@azure/data-tables';
import { fromEntity, toEntity } from './document.ts';
import { type RowPage, readRange } from './page.ts';
import { type Period, postingKeys, postingRange } from './postings.ts';
import { openTable, rowsPerTransaction, type StorageSettings } from './tables.ts';

/** An operation that did not succeed. */
export interface IndexedOperation {
  readonly operationId: string;
  readonly callId: string;
  readonly createdAt: string;
  readonly name: string;
  readonly status: string;
}

export type OperationIndex = ReturnType<typeof openOperationIndex>;

const partition = 'operations';

/** Opens the index, in the table of the call index. */
export function openOperationIndex(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}callIndex`);

  return {
    /** Lists operations; idempotent. One transaction for as many as settle by one write. */
    async add(operations: readonly IndexedOperation[]): Promise<void> {
      const rows = operations.flatMap((one) =>
        keysOf(one).map((key): TransactionAction => ['upsert', toEntity(partition, key, one), 'Replace']),
      );
      for (let first = 0; first < rows.length; first += rowsPerTransaction) {
        await table.run((client) => client.submitTransaction(rows.slice(first, first + rowsPerTransaction)));
      }
    },

    /** One page: of a status, of a name, or of all. */
    list(
      { status, name }: { readonly status?: string | undefined; readonly name?: string | undefined },
      period: Period,
      limit: number,
      position: string | undefined,
    ): Promise<RowPage<IndexedOperation>> {
      const term = name !== undefined ? termOf('name', name) : status !== undefined ? termOf('status', status) : 'all';
      const range = postingRange(term, 'newest', period);
      return readRange(table, partition, range, limit, position, fromEntity<IndexedOperation>);
    },

    /** Takes operations out of the index. */
    async remove(operations: readonly IndexedOperation[]): Promise<void> {
      for (const rowKey of operations.flatMap(keysOf)) {
        await table.run((client) => client.deleteEntity(partition, rowKey));
      }
    },
  };
}

function keysOf({ operationId, createdAt, name, status }: IndexedOperation): string[] {
  const terms = ['all', termOf('status', status), termOf('name', name)];
  return postingKeys(terms, { id: operationId, createdAt }, ['newest']);
}

function termOf(facet: string, value: string): string {
  return `${facet}.${value}`;
}
