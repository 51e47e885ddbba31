/** Pages of a partition in key order. Storage may answer a page in several parts. */
import { odata } from '@azure/data-tables';
import { fromEntity, isKey } from './document.ts';
import type { Table } from './tables.ts';

/** One page of a list; `nextCursor` is the position after its last item, and absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** A page of rows, with the position of each. */
export interface RowPage<T> extends Page<T> {
  readonly positions: readonly string[];
}

/** Reads all pages of a list. */
export async function readAll<T>(list: (limit: number, cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(pageSize, cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

/** Storage returns at most 1,000 rows at once. */
const pageSize = 500;

/** Row keys between two others, neither of which is among them. */
export interface KeyRange {
  readonly above: string;
  readonly below: string;
}

/** The keys that start with a prefix. */
export function keysWith(prefix: string): KeyRange {
  return { above: prefix, below: `${prefix}~` };
}

/** Reads the rows whose key starts with `prefix`, after the position, which is a row key. */
export function readPage<T>(
  table: Table,
  partition: string,
  prefix: string,
  limit: number,
  position: string | undefined,
): Promise<RowPage<T>> {
  return readRange(table, partition, keysWith(prefix), limit, position, fromEntity<T>);
}

/** Reads the rows of a range of keys, after the position, and makes an item of each. */
export async function readRange<T>(
  table: Table,
  partition: string,
  { above, below }: KeyRange,
  limit: number,
  position: string | undefined,
  toItem: (entity: { readonly rowKey?: string }) => T,
): Promise<RowPage<T>> {
  // Never before the range, where rows of other kinds have their keys, nor after what is no key: a cursor is a client's text.
  const after = position !== undefined && isKey(position) && position > above ? position : above;
  const filter = odata`PartitionKey eq ${partition} and RowKey gt ${after} and RowKey lt ${below}`;
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
  const wanted = rows.slice(0, limit);
  const positions = wanted.map(({ rowKey }) => String(rowKey));
  const last = rows.length > limit ? positions.at(-1) : undefined;
  return { items: wanted.map(toItem), positions, ...(last !== undefined && { nextCursor: last }) };
}
