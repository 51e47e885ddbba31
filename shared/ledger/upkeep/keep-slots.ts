/**
 * Repairs what processes that ended left of the counted limits: slots without a call, live calls without their slot, and a
 * queue that no instance watches.
 */
import { type CallRecord, isOver } from '../../calls/call.ts';
import { isCounting, type SlotState } from '../../limits/slots.ts';
import { changeQueue } from '../commands/queue.ts';
import type { Ledger } from '../ledger.ts';
import { isUnknownForGood } from './unnamed-call.ts';

/** A slot is taken before its call is stored, which takes the time of one request. */
const storedWithinMs = 60_000;

/** The slots as housekeeping finds them; undefined where no limit is counted. */
export async function readSlots(ledger: Pick<Ledger, 'limits' | 'slots'>): Promise<SlotState | undefined> {
  return isCounting(await ledger.limits.current()) ? ledger.slots.read() : undefined;
}

/** Frees the slots of calls that are over or were never stored. Calls that are listed as open are not read for it. */
export async function keepSlots(
  ledger: Ledger,
  listed: readonly { readonly callId: string }[],
  slots: SlotState | undefined,
): Promise<void> {
  if (!slots) {
    return;
  }
  const { held, waiting } = slots;
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

/**
 * Takes the slot of a live call that was counted and holds none: it was given back when the call seemed to be over. The slots
 * were read after the call was listed, and a call is listed after it has its slot.
 */
export async function keepSlotOf(ledger: Ledger, call: CallRecord, slots: SlotState | undefined): Promise<void> {
  const isCounted = call.slot === 'held' || (call.slot === 'waiting' && call.status === 'connected');
  await (slots && isCounted && !isOver(call) && !slots.held[call.callId] && ledger.holdSlot(call));
}

/** A call that is unknown may be live, and keeps its slot until ACS cannot have it any more. */
async function isFree(ledger: Ledger, callId: string): Promise<boolean> {
  const call = (await ledger.calls.readCall(callId))?.record;
  return call === undefined || isOver(call) || isUnknownForGood(ledger, call);
}
