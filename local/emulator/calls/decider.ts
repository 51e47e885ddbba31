/** The decider of a call that rings: an application, the script of the party, or a person by hand. */

import type { Cancel } from '../clock.ts';
import { isPhone } from '../identifiers.ts';
import type { CallContext } from './call-context.ts';
import { offerToApplication } from './incoming-call.ts';
import type { Decider, Invite, RingingPhone } from './model.ts';

/** Who decides about an invite. */
export function deciderOf(context: CallContext, invite: Invite): Decider {
  if (isApplication(context, invite)) {
    return 'application';
  }
  return context.parties.of(invite.target).onRing === 'ask' ? 'person' : 'script';
}

/** Offers the call to its decider; the returned function withdraws the offer. */
export function offer(context: CallContext, ringing: RingingPhone): Cancel {
  return OFFERS[ringing.decidedBy](context, ringing);
}

const OFFERS: Record<Decider, (context: CallContext, ringing: RingingPhone) => Cancel> = {
  application: offerToApplication,
  script: playScript,
  // The control API lists the phone and takes the decision.
  person: () => () => undefined,
};

/**
 * Whether the target rings as an IncomingCall. ACS rings clients and applications alike, and which of them answers is
 * not documented; chosen here: a user declared with `"onRing": "incomingCall"` is an application. So is a target
 * for which a subscription with its filters takes an IncomingCall, if a party has dialed it, if it is an owned number, or
 * if a call is redirected to a user without a script. All others are persons.
 */
function isApplication(context: CallContext, invite: Invite): boolean {
  const { reason, target } = invite;
  const party = context.parties.scripted(target);
  if (party?.onRing === 'incomingCall') {
    return true;
  }
  const isOwned = isPhone(target) && context.numbers.has(target.rawId);
  const isRedirectedUser = !isPhone(target) && reason === 'redirected';
  const mayBe = reason === 'dialed' || (party === undefined && (isOwned || isRedirectedUser));
  return mayBe && context.reachesApplication(invite);
}

function playScript({ parties, clock }: CallContext, ringing: RingingPhone): Cancel {
  const { onRing, afterMs } = parties.of(ringing.invite.target);
  if (onRing === 'noAnswer') {
    return () => undefined;
  }
  return clock.schedule(afterMs, () => {
    if (onRing === 'decline') {
      ringing.failed('declined');
    } else if (onRing === 'busy' || onRing === 'unreachable' || onRing === 'invalidNumber') {
      ringing.failed(onRing);
    }
    // A voicemail takes the call as a person would: ACS cannot distinguish them either.
    else {
      ringing.answered();
    }
  });
}
