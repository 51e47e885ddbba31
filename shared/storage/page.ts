/** Pages of a partition in key order. Storage may answer a page in several parts. */
import { odata } from '@azure/data-tables';
import { fromEntity, isKey } from './document.ts';
import type { Table } from './tables.ts';

/** One page of a list; `nextCursor` is the position after its last item, and absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Reads the rows whose key starts with `prefix`, after the position, which is a row key. */
export async function readPage<T>(
  table: Table,
  partition: string,
  prefix: string,
  limit: number,
  position: string | undefined,
): Promise<Page<T>> {
  // Never before the prefix, where rows of other kinds have their keys, nor after what is no key: a cursor is a client's text.
  const after = position !== undefined && isKey(position) && position > prefix ? position : prefix;
  const filter = odata`PartitionKey eq ${partition} and RowKey gt ${after} and RowKey lt ${`${prefix}~`}`;
  const rows: { rowKey?: string }[] = [];
  await table.run(async (client) => {
    const pages = client.listEntities<Record<string, unknown>>({ queryOptions: { filter } });
    for await (const page of pages.byPage({ maxPageSize: limit + 1 })) {
      rows.push(...page);
      if (rows.length > limit) {
        break;
      }
    }
  });
  const last = rows.length > limit ? rows[limit - 1]?.rowKey : undefined;
  return {
    items: rows.slice(0, limit).map((row) => fromEntity<T>(row)),
    ...(last !== undefined && { nextCursor: last }),
  };
}
