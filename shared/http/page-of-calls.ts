/** Pages of calls and incoming calls: the index names them in order, the ledger has them. */
import type { CallRecord } from '../calls/call.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Indexed } from '../storage/call-index.ts';
import type { Page } from '../storage/page.ts';
import { fillPage } from './page.ts';

/** A page of what `wanted` makes of the calls in an index; it is undefined for a call that the filters exclude. */
export function pageOfCalls<Item>(
  { index, calls }: Pick<Ledger, 'calls' | 'index'>,
  kind: 'recent' | 'incoming',
  wanted: (record: CallRecord) => Item | undefined,
  limit: number,
  position: string | undefined,
): Promise<Page<Item>> {
  const read = async ({ callId, createdAt }: Indexed) => {
    const stored = await calls.readCall(callId);
    // The row of a replay that died before it could be removed is at another time than the call's own.
    return stored?.record.createdAt === createdAt ? wanted(stored.record) : undefined;
  };
  return fillPage((count, from) => index.list(kind, count, from), read, limit, position);
}
