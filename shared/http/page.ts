/** Pages of lists. */
import * as z from 'zod';
import type { Page, RowPage } from '../storage/page.ts';

const defaultLimit = 50;
const maxLimit = 200;

/** The query parameters of every list, besides its own filters. */
export const pageParameters = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(maxLimit)
    .default(defaultLimit)
    .meta({ description: 'The most items that the page has' }),
  cursor: z
    .string()
    .optional()
    .meta({ description: 'The `nextCursor` of the page before, of the same list with the same filters' }),
};

const nextCursor = z
  .string()
  .meta({ id: 'NextCursor', description: 'The cursor of the next page; absent on the last' })
  .optional();

/** The schema of a page of these items. */
export function pageSchema(item: z.ZodType): z.ZodType {
  return z.object({ items: z.array(item), nextCursor });
}

/** How many rows of an index one request examines: filters that few items match must not make it read the whole index. */
export const mostExamined = 500;

/** Rows that are read together where many do not match. */
export const leastBatch = 50;

/**
 * Fills a page from an index whose rows point at the listed resources; `read` is undefined for one that the filters
 * exclude. Fewer items with a `nextCursor` mean that there may be more.
 */
export async function fillPage<Row, Item>(
  list: (limit: number, position: string | undefined) => Promise<RowPage<Row>>,
  read: (row: Row) => Promise<Item | undefined>,
  limit: number,
  from: string | undefined,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let position = from;
  for (let examined = 0; examined < mostExamined; ) {
    // The first rows mostly match all; where they do not, a small page is not read row by row.
    const batch = Math.max(limit - items.length, examined === 0 ? 1 : leastBatch);
    const page = await list(Math.min(batch, mostExamined - examined), position);
    const found = await Promise.all(page.items.map(read));
    for (const [row, item] of found.entries()) {
      if (item !== undefined) {
        items.push(item);
      }
      if (items.length === limit) {
        const isLast = row === found.length - 1 && page.nextCursor === undefined;
        return { items, ...(!isLast && { nextCursor: String(page.positions[row]) }) };
      }
    }
    if (page.nextCursor === undefined) {
      return { items };
    }
    examined += page.items.length;
    position = page.nextCursor;
  }
  return { items, nextCursor: String(position) };
}

/** A page of a list that is read whole; its position is the number of its first item. */
export function pageOf<Item>(all: readonly Item[], limit: number, position = '0'): Page<Item> {
  const first = Number(position);
  const next = first + limit;
  return { items: all.slice(first, next), ...(next < all.length && { nextCursor: String(next) }) };
}
