/** Pages of a partition in key order: one storage request a page; the cursor is the last key seen. */
import { odata } from '@azure/data-tables';
import { fromEntity } from './document.ts';
import { isRefusal, type Table } from './tables.ts';

/** One page of a list; without `nextCursor` it is the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Reads the rows whose key begins with `prefix`, after the cursor. A cursor that is not ours starts at the beginning. */
export async function readPage<T>(
  table: Table,
  partition: string,
  prefix: string,
  limit: number,
  cursor: string | undefined,
): Promise<Page<T>> {
  const known = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  const after = known?.startsWith(prefix) ? known : prefix;
  const filter = odata`PartitionKey eq ${partition} and RowKey gt ${after} and RowKey lt ${`${prefix}~`}`;
  const outcome = await table.run(async (client) => {
    const pages = client
      .listEntities<Record<string, unknown>>({ queryOptions: { filter } })
      .byPage({ maxPageSize: limit + 1 });
    const page = await pages.next();
    return { rows: page.done ? [] : page.value };
  });
  const rows = isRefusal(outcome) ? [] : outcome.rows;
  const last = rows.length > limit ? rows[limit - 1]?.rowKey : undefined;
  return {
    items: rows.slice(0, limit).map((row) => fromEntity<T>(row)),
    ...(last !== undefined && { nextCursor: Buffer.from(last).toString('base64url') }),
  };
}
