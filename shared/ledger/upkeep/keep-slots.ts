/** Repairs what processes that ended left of the counted limits: slots without a call, and a queue that no instance watches. */
import { isOver } from '../../calls/call.ts';
import { isCounting } from '../../limits/slots.ts';
import { changeQueue } from '../commands/queue.ts';
import type { Ledger } from '../ledger.ts';
import { isUnknownForGood } from './unnamed-call.ts';

/** A slot is taken before its call is stored, which takes the time of one request. */
const storedWithinMs = 60_000;

/** Frees the slots of calls that are over or were never stored. Calls that are listed as open are not read for it. */
export async function keepSlots(ledger: Ledger, listed: readonly { readonly callId: string }[]): Promise<void> {
  if (!isCounting(await ledger.limits.current())) {
    return;
  }
  const { held, waiting } = await ledger.slots.read();
  const isListed = new Set(listed.map(({ callId }) => callId));
  const leaving: string[] = [];
  for (const [callId, { since }] of Object.entries(held)) {
    const isStored = Date.parse(since) + storedWithinMs < Date.parse(ledger.now());
    if (isStored && !isListed.has(callId) && (await isFree(ledger, callId))) {
      leaving.push(callId);
    }
  }
  await ((leaving.length > 0 || waiting.length > 0) && changeQueue(ledger, { leaving }));
}

/** A call that is unknown may be live, and keeps its slot until ACS cannot have it any more. */
async function isFree(ledger: Ledger, callId: string): Promise<boolean> {
  const call = (await ledger.calls.readCall(callId))?.record;
  return call === undefined || isOver(call) || isUnknownForGood(ledger, call);
}
