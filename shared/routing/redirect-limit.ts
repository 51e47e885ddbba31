/** The limits that keep a routing rule from redirecting a call: whom it may be sent to, and how often. */
import type { IncomingCall } from '../calls/call.ts';
import { mayRedirect } from '../ledger/commands/redirect-limit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { destinationRefusal } from '../limits/destination.ts';
import type { RingingCall } from './incoming-call-event.ts';

/** Why a rule does not redirect a call, for its resource and its timeline. */
export interface NotRedirected {
  readonly reason: NonNullable<IncomingCall['reason']>;
  readonly message: string;
  readonly why: string;
}

/** The limit that forbids to redirect the call; the rule may be older than the limit. */
export async function redirectLimit(
  ledger: Pick<Ledger, 'redirects' | 'limits'>,
  ringing: RingingCall,
  target: string,
): Promise<NotRedirected | undefined> {
  const { allowedDestinations, maxRedirects } = await ledger.limits.current();
  const refusal = destinationRefusal(target, allowedDestinations);
  if (refusal) {
    return {
      reason: 'notAllowed',
      message: `Not redirected: ${refusal.reason}.`,
      why: 'the limit of destinations',
    };
  }
  return (await mayRedirect(ledger, ringing))
    ? undefined
    : {
        reason: 'limitReached',
        message: `Not redirected: it was redirected ${maxRedirects} times.`,
        why: 'the limit of redirects',
      };
}
