/** Calls that have something which is kept for a time of its own: the list of them, and whether one on it is due. */
import { type CallRecord, isOver } from '../../calls/call.ts';
import type { IndexedKept, KeptApart } from '../../storage/call-index-rows.ts';
import type { Ledger } from '../ledger.ts';

/** The call, if it has been over since the time that the list says. Any other is taken off the list, or listed anew. */
export async function dueOf(
  { calls, index }: Pick<Ledger, 'calls' | 'index'>,
  kind: KeptApart,
  kept: IndexedKept,
): Promise<CallRecord | undefined> {
  const call = (await calls.readCall(kept.callId))?.record;
  if (!call || !(isOver(call) || call.status === 'unknown')) {
    // It is gone, or an event has revived it: its end lists it anew.
    await index.dropKept(kind, kept);
    return undefined;
  }
  const { endedAt } = call;
  if (endedAt !== undefined && endedAt > kept.overSince) {
    await index.postponeKept(kind, kept, endedAt);
    return undefined;
  }
  return call;
}
