/** The decider of a call that rings: an application, the script of the party, or a person by hand. */

import type { Cancel } from '../clock.ts';
import { isPhone } from '../identifiers.ts';
import type { CallContext } from './call-context.ts';
import { offerToApplication } from './incoming-call.ts';
import type { Decider, Invite, RingingPhone } from './model.ts';

/** Who decides about an invite. */
export function deciderOf(context: CallContext, invite: Invite): Decider {
  if (reachesApplication(context, invite)) {
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
 * Whether the target rings as an IncomingCall. Not documented, ACS rings clients and applications alike; chosen here:
 * what a party dials; owned numbers and users declared with `"onRing": "incomingCall"`; and a user without a script,
 * when a call is redirected to that user and a subscription takes IncomingCall.
 */
function reachesApplication({ parties, numbers, subscriptions }: CallContext, { reason, target }: Invite): boolean {
  if (reason === 'dialed') {
    return true;
  }
  const party = parties.scripted(target);
  if (party !== undefined) {
    return party.onRing === 'incomingCall';
  }
  if (isPhone(target)) {
    return numbers.has(target.rawId);
  }
  return reason === 'redirected' && subscriptions.wants('IncomingCall');
}

function playScript({ parties, clock }: CallContext, ringing: RingingPhone): Cancel {
  const { onRing, afterMs } = parties.of(ringing.invite.target);
  if (onRing === 'noAnswer') {
    return () => undefined;
  }
  return clock.schedule(afterMs, () => {
    if (onRing === 'decline') {
      ringing.failed('declined');
    } else if (onRing === 'busy' || onRing === 'unreachable') {
      ringing.failed(onRing);
    }
    // A voicemail takes the call as a person would: ACS cannot distinguish them either.
    else {
      ringing.answered();
    }
  });
}
