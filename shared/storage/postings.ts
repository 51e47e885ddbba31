/**
 * The rows by which a list is searched: one for each item under each of its terms and in each order of time. A key is the
 * term, the time and the id, so a page is a range of keys, however many items the table has.
 */
import { newestFirst } from './document.ts';
import type { KeyRange } from './page.ts';

/** How a list is ordered: by the time at which its items were made. */
export const orders = ['newest', 'oldest'] as const;

export type Order = (typeof orders)[number];

/** The period in which items were made, without its two ends. */
export interface Period {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** An item: its id, and when it was made. */
export interface Posted {
  readonly id: string;
  readonly createdAt: string;
}

const timeKeys: Readonly<Record<Order, (time: string) => string>> = {
  newest: newestFirst,
  oldest: (time) => String(Date.parse(time)).padStart(13, '0'),
};

/** The keys of an item under these terms, in both orders unless only some are wanted. */
export function postingKeys(
  terms: readonly string[],
  { id, createdAt }: Posted,
  wanted: readonly Order[] = orders,
): string[] {
  return terms.flatMap((term) => wanted.map((order) => `${term}:${order}:${timeKeys[order](createdAt)}:${id}`));
}

/** The range of the keys under a term in an order, within a period. */
export function postingRange(term: string, order: Order, period: Period): KeyRange {
  return timeRange(`${term}:${order}:`, order, period);
}

/** The range of the keys that are this prefix, a time in this order, and an id, within a period. */
export function timeRange(prefix: string, order: Order, { after, before }: Period): KeyRange {
  const key = timeKeys[order];
  const [first, last] = order === 'newest' ? [before, after] : [after, before];
  return {
    above: first === undefined ? prefix : `${prefix}${key(first)}:~`,
    below: last === undefined ? `${prefix}~` : `${prefix}${key(last)}:`,
  };
}
