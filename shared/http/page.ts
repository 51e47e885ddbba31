/** Pages of lists. */
import * as z from 'zod';
import type { Page } from '../storage/page.ts';

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

/** The schema of a page of these items. */
export function pageSchema(item: z.ZodType): z.ZodType {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last' }),
  });
}

/** How many pages of an index one request reads: a rare status must not make it read the whole index. */
const maxPages = 20;

/**
 * Fills a page from an index whose rows point at the listed resources; `read` is undefined for one that the filters
 * exclude. Fewer items with a `nextCursor` mean that there may be more.
 */
export async function fillPage<Row, Item>(
  list: (limit: number, cursor: string | undefined) => Promise<Page<Row>>,
  read: (row: Row) => Promise<Item | undefined>,
  limit: number,
  from: string | undefined,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let cursor = from;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await list(limit - items.length, cursor);
    const found = await Promise.all(page.items.map(read));
    items.push(...found.filter((item) => item !== undefined));
    cursor = page.nextCursor;
    if (cursor === undefined || items.length >= limit) {
      break;
    }
  }
  return { items, ...(cursor !== undefined && { nextCursor: cursor }) };
}

/** A page of a list that is read whole; its position is the number of its first item. */
export function pageOf<Item>(all: readonly Item[], limit: number, position = '0'): Page<Item> {
  const first = Number(position);
  const next = first + limit;
  return { items: all.slice(first, next), ...(next < all.length && { nextCursor: String(next) }) };
}
