/** Calls as they are stored after a while in service, and the searches that find some of them. */
import type { CallRecord } from '../../shared/calls/call.ts';
import { type CallListName, callLists } from '../../shared/calls/facets.ts';
import { pageOfCalls } from '../../shared/http/call-search.ts';
import type { CallIndex } from '../../shared/storage/call-index.ts';
import type { CallStore } from '../../shared/storage/calls.ts';
import { orders } from '../../shared/storage/postings.ts';
import { aCall } from '../shared/calls/stories.ts';

const person = (number: number) => `+1425${String(5_000_000 + number)}`;
const idOf = (prefix: string, number: number) => `${prefix}-${String(number).padStart(8, '0')}`;

/** Every second call rang; each tenth ended before it was connected, and a hundred are open. People call ten times each. */
export function storedCall(number: number, all: number): CallRecord {
  const createdAt = new Date(Date.parse('2026-01-01T00:00:00.000Z') + number * 1000).toISOString();
  const isInbound = number % 2 === 0;
  const [from, to] = [person(number % Math.ceil(all / 10)), person(9_000_000 + (number % 7))];
  const status = number % 10 === 0 ? 'failed' : number >= all - 100 ? 'connected' : 'disconnected';
  return aCall({
    callId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    direction: isInbound ? 'inbound' : 'outbound',
    createdAt,
    status,
    from,
    to: [to],
    roster: { [from]: { role: 'caller' }, [to]: { role: 'target' } },
    context: `order ${number % Math.ceil(all / 3)}`,
    callConnectionId: idOf('connection', number),
    serverCallId: idOf('server', number),
    correlationId: idOf('correlation', number),
    ...(status !== 'connected' && { endedAt: createdAt }),
    ...(isInbound && {
      incoming: { from, to, context: 'opaque', receivedAt: createdAt, status: number % 3 === 0 ? 'answered' : 'stale' },
    }),
  });
}

/** A search, as a list is asked for it. */
export interface Search {
  readonly title: string;
  readonly list: CallListName;
  readonly filters: Readonly<Record<string, string>>;
  readonly order: (typeof orders)[number];
}

/** Every list by nothing, by every filter, and by pairs of filters of which few or no calls have both; in both orders. */
export function searchesFor(call: CallRecord): Search[] {
  const names = Object.keys(callLists) as CallListName[];
  return names.flatMap((list) => {
    const facets = Object.entries(callLists[list].facets);
    const single = facets.flatMap(([facet, { of }]) =>
      of(call)
        .filter((value) => value !== undefined)
        .slice(0, 1)
        .map((value) => ({ [facet]: value })),
    );
    const pairs = [
      { direction: 'inbound', status: 'failed' },
      { direction: 'outbound', status: 'unknown' },
      { direction: 'joined', status: 'disconnected' },
      { participant: String(call.from), status: 'connected' },
      { to: String(call.to?.[0]), status: 'connected' },
      { to: String(call.to?.[0]), from: String(call.from) },
    ].filter((pair) => Object.keys(pair).every((facet) => Object.hasOwn(callLists[list].facets, facet)));
    return [{}, ...single, ...pairs].flatMap((filters) =>
      orders.map((order) => ({ title: titleOf(list, filters, order), list, filters, order })),
    );
  });
}

function titleOf(list: CallListName, filters: object, order: string): string {
  return `${list} by ${Object.keys(filters).join(' and ') || 'nothing'}, ${order} first`;
}

/** The first page and the one after it. */
export async function twoPages(
  stores: { readonly calls: CallStore; readonly index: CallIndex },
  { list, filters, order }: Search,
  limit: number,
  onPage: (items: readonly CallRecord[]) => void,
): Promise<void> {
  const query = { list, filters, order, period: {} };
  const first = await pageOfCalls(stores, query, (record) => record, limit, undefined);
  onPage(first.items);
  if (first.nextCursor !== undefined) {
    onPage((await pageOfCalls(stores, query, (record) => record, limit, first.nextCursor)).items);
  }
}
