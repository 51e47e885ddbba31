/** Pages of a partition in key order; the cursor is the last key seen. Storage may answer a page in several parts. */
import { odata } from '@azure/data-tables';
import { fromEntity } from './document.ts';
import type { Table } from './tables.ts';

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
    ...(last !== undefined && { nextCursor: cursorAt(last) }),
  };
}

/** The cursor of a list that goes on after a key. */
export function cursorAt(key: string): string {
  return Buffer.from(key).toString('base64url');
}
