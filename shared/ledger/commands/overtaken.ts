/** The loser of a race for an incoming call: ACS accepts one answer, rejection or redirection, and refuses the others. */
import { type Exchange, isGone } from '../../acs/client/exchange.ts';
import type { IncomingCall } from '../../calls/call.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import type { Ledger } from '../ledger.ts';

/** How long the response to the winner may take to be stored after ACS refused the loser. */
const winnerWithinMs = 2000;
const pollMs = 100;

const done: Readonly<Record<IncomingCall['status'], string>> = {
  answered: 'Another request has answered the call.',
  rejected: 'Another request has rejected the call.',
  redirected: 'Another request has redirected the call.',
  stale: 'The call rang longer than its ring window.',
  ringing:
    'ACS no longer offers the call: the caller has hung up, or it was answered, rejected or redirected elsewhere.',
};

/** The refusal of a call that no longer rings as the conflict that it is, with the winner from the ledger. */
export async function overtaken(
  ledger: Pick<Ledger, 'calls'>,
  { target }: Operation,
  callId: string,
  outcome: Exchange<AcsResponse>,
): Promise<Exchange<AcsResponse>> {
  if (target !== 'incomingCall' || outcome.kind !== 'refused' || !isGone(outcome)) {
    return outcome;
  }
  const status = await statusAfterRace(ledger, callId);
  return { ...outcome, overtaken: done[status] };
}

/** The status of the incoming call once the winner's response is stored; `ringing` when no winner shows in time. */
async function statusAfterRace(ledger: Pick<Ledger, 'calls'>, callId: string): Promise<IncomingCall['status']> {
  const until = Date.now() + winnerWithinMs;
  for (;;) {
    const status = (await ledger.calls.readCall(callId))?.record.incoming?.status ?? 'ringing';
    if (status !== 'ringing' || Date.now() > until) {
      return status;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
