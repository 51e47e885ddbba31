/** Ends calls that have lived for longer than the limit `maxCallMinutes`, also when no event of them arrives. */
import type { CallRecord } from '../../calls/call.ts';
import { hangUp } from '../../operations/calls/hang-up.ts';
import { perform } from '../commands/perform.ts';
import type { Ledger } from '../ledger.ts';

/**
 * Hangs up a call that is over the limit. A hang-up that ACS refused or did not answer has settled by a later run, which sends
 * another; one that waits until ACS names the call is kept.
 */
export async function endOverLimit(ledger: Ledger, call: CallRecord): Promise<void> {
  const { maxCallMinutes } = await ledger.limits.current();
  const minutes = (Date.parse(ledger.now()) - Date.parse(call.createdAt)) / 60_000;
  if (minutes < maxCallMinutes || !canBeHungUp(call) || isBeingHungUp(call)) {
    return;
  }
  await perform(ledger, {
    operation: hangUp,
    targetId: call.callId,
    input: { forEveryone: isOwn(call) },
    requestedBy: { kind: 'switchboard' },
    endReason: 'limitReached',
  });
}

/** A call that only rings ends so at ACS; one that connects and that ACS has not named becomes unknown first. */
function canBeHungUp({ status, callConnectionId }: CallRecord): boolean {
  return status === 'unknown' || (status !== 'ringing' && callConnectionId !== undefined);
}

function isBeingHungUp({ deferred, open }: CallRecord): boolean {
  return deferred !== undefined || Object.values(open).some(({ name }) => name === hangUp.name);
}

/** A joined call belongs to others and goes on without the app, unless the app has called someone into it. */
function isOwn({ direction, roster }: CallRecord): boolean {
  return direction !== 'joined' || Object.values(roster).some(({ role }) => role === 'added');
}
