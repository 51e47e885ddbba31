/**
 * Calls that ACS has not named: the process that made one died before the response was stored, or no response came. The
 * request is retried under the same id as long as ACS recognizes that; afterwards the call is unknown until an event names it.
 */
import type { CallRecord } from '../../calls/call.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { hasStoredResponse } from '../../calls/operation-life/recently-settled.ts';
import { operationNamed } from '../../operations/index.ts';
import type { Stored } from '../../storage/calls.ts';
import { isLeaseOver, isQueued, isRepeatable } from '../commands/lease.ts';
import { enqueue } from '../commands/queue.ts';
import { takeover } from '../commands/takeover.ts';
import type { Ledger } from '../ledger.ts';
import { reconcileCall } from './reconcile-call.ts';

/** ACS ends a call that lasts longer than a day, as far as is known; so what is unknown longer than that is over. */
const unknownForHours = 30;

const pageSize = 100;

/** Finishes what was to connect the call, and lets it become unknown when its time is over. True when something was done. */
export async function resumeUnnamed(ledger: Ledger, stored: Stored): Promise<boolean> {
  for (const operationId of await candidates(ledger, stored.record)) {
    const isOpen = !hasStoredResponse(stored.record, operationId);
    const intent = isOpen ? await ledger.calls.readIntent(operationId) : undefined;
    if (intent && isQueued(ledger, intent)) {
      return (await enqueue(ledger, intent)) !== undefined;
    }
    if (intent && isToBeResumed(stored.record, intent) && isLeaseOver(ledger, intent)) {
      return isRepeatable(ledger, intent) || !stored.record.open[operationId]
        ? (await takeover(ledger, intent, stored, 'app')) !== undefined
        : (await reconcileCall(ledger, stored)).length > 0;
    }
  }
  return false;
}

/** Whether a call has been unknown for so long that ACS cannot have it any more. */
export function isUnknownForGood(ledger: Pick<Ledger, 'now'>, { status, createdAt }: CallRecord): boolean {
  return status === 'unknown' && Date.parse(ledger.now()) - Date.parse(createdAt) > unknownForHours * 3_600_000;
}

/** The operations that may have connected the call: those that are open, the one with its own id, those with subscribers. */
async function candidates(ledger: Pick<Ledger, 'calls'>, { callId, open, incoming }: CallRecord): Promise<string[]> {
  const unconfirmed = Object.keys(open).filter((id) => open[id]?.life.state === 'unconfirmed');
  const pending = incoming ? (await ledger.calls.readPending(callId, pageSize, undefined)).items : [];
  return [...new Set([...unconfirmed, callId, ...pending.map(({ operationId }) => operationId)])];
}

/** A request without a response is retried only if it connects the call; one that may never have been sent, always. */
function isToBeResumed(call: CallRecord, { operationId, name }: Intent): boolean {
  const settles = operationNamed(name)?.settles;
  return call.open[operationId] === undefined || (settles?.by === 'event' && settles.connects === true);
}
