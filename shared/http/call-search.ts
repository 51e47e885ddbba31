/** Lists of calls: their filters are the facets of the index, and a page is read from the rows of the most selective one. */
import * as z from 'zod';
import type { CallRecord } from '../calls/call.ts';
import { type CallListName, callLists, type FacetNames, matches, termFor } from '../calls/facets.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { person } from '../operations/fields/people.ts';
import type { Indexed } from '../storage/call-index-rows.ts';
import type { Page } from '../storage/page.ts';
import type { Order, Period } from '../storage/postings.ts';
import { fillPage } from './page.ts';

/** The filters of a list of calls, as the members of a query or a body. */
export function facetFilters<List extends CallListName>(list: List) {
  return Object.fromEntries(
    Object.entries(callLists[list].facets).map(([name, { filter, description }]) => [
      name,
      (filter === 'person' ? personFilter : filter).optional().meta({ description }),
    ]),
  ) as Record<FacetNames[List], z.ZodOptional<z.ZodType<string>>>;
}

/** A `+` that a client has not encoded arrives as a space. */
const personFilter = z.preprocess((text) => (typeof text === 'string' ? text.replace(/^ (?=\d)/, '+') : text), person);

/** A time of the API, in the spelling of the ledger. */
export const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .pipe(z.string());

/** The filters by the time at which the items were made, under the names of the list. */
export function periodFilters<After extends string, Before extends string>(after: After, before: Before) {
  return {
    [after]: time.optional().meta({ description: 'Only what is later, such as 2026-01-31T12:00:00Z' }),
    [before]: time.optional().meta({ description: 'Only what is earlier' }),
  } as Record<After | Before, z.ZodOptional<typeof time>>;
}

export const orderFilter = {
  order: z.enum(['newest', 'oldest']).default('newest').meta({ description: 'Which comes first' }),
};

/** What is searched for. */
export interface CallQuery {
  readonly list: CallListName;
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly order: Order;
  readonly period: Period;
}

/** A page of what `wanted` makes of the calls that match; it is undefined for a call that is not listed. */
export function pageOfCalls<Item>(
  { index, calls }: Pick<Ledger, 'calls' | 'index'>,
  { list, filters, order, period }: CallQuery,
  wanted: (record: CallRecord) => Item | undefined,
  limit: number,
  position: string | undefined,
): Promise<Page<Item>> {
  const term = termFor(list, filters);
  const read = async ({ callId, createdAt }: Indexed) => {
    const record = (await calls.readCall(callId))?.record;
    // The row of a replay that died before it could be removed is at another time than the call's own.
    const isFound = record?.createdAt === createdAt && matches(list, filters, record);
    return isFound ? wanted(record) : undefined;
  };
  return fillPage((count, from) => index.search(term, order, period, count, from), read, limit, position);
}
