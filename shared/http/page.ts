/** Pages of lists. */
import type { Page } from '../storage/page.ts';

/** How many pages of an index one request looks at: a rare status must not make it read the whole index. */
const maxPages = 20;

/**
 * Fills a page from an index whose rows point at what is listed; `read` is undefined for what is not wanted. Fewer items
 * with a `nextCursor` mean that there may be more.
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

/** A page of what is read all at once; the cursor is the number of its first item, one that is not ours the beginning. */
export function pageOf<Item>(all: readonly Item[], limit: number, cursor: string | undefined): Page<Item> {
  const first = /^\d+$/.test(cursor ?? '') ? Number(cursor) : 0;
  const next = first + limit;
  return { items: all.slice(first, next), ...(next < all.length && { nextCursor: String(next) }) };
}
