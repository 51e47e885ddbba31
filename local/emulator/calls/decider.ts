/** Who decides what becomes of a call that rings: an application, a script, or a person by hand. */

import type { Cancel } from '../clock.ts';
import { isPhone } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { announce } from './incoming-call.ts';
import type { Invite, Ringing } from './ringing-phone.ts';

export type Decider = 'application' | 'script' | 'person';

/** Whom an invite leaves the decision to. */
export function deciderOf(resource: Resource, invite: Invite): Decider {
  if (reachesApplication(resource, invite)) {
    return 'application';
  }
  return resource.parties.of(invite.target).onRing === 'ask' ? 'person' : 'script';
}

/** Lets the one who decides know of the call. */
export function reach(resource: Resource, ringing: Ringing): Cancel {
  return REACH[ringing.decidedBy](resource, ringing);
}

const REACH: Record<Decider, (resource: Resource, ringing: Ringing) => Cancel> = {
  application: (resource, ringing) => announce(resource, ringing.invite, ringing),
  script: playScript,
  // Seen in the control API, which takes the decision.
  person: () => () => undefined,
};

/**
 * Whether the target rings as an IncomingCall (ours, where ACS rings clients and applications alike): what a party
 * dials; owned numbers and users declared with `"onRing": "incomingCall"`; and a user without a script, when a call is
 * redirected to them and a subscription wants to know.
 */
function reachesApplication(resource: Resource, { reason, target }: Invite): boolean {
  if (reason === 'dialed') {
    return true;
  }
  const party = resource.parties.scripted(target);
  if (party !== undefined) {
    return party.onRing === 'incomingCall';
  }
  if (isPhone(target)) {
    return resource.numbers.has(target.rawId);
  }
  return reason === 'redirected' && resource.subscriptions.wants('IncomingCall');
}

function playScript(resource: Resource, ringing: Ringing): Cancel {
  const { onRing, afterMs } = resource.parties.of(ringing.invite.target);
  if (onRing === 'noAnswer') {
    return () => undefined;
  }
  return resource.clock.schedule(afterMs, () => {
    if (onRing === 'decline') {
      ringing.failed('declined');
    } else if (onRing === 'busy' || onRing === 'unreachable') {
      ringing.failed(onRing);
    }
    // A voicemail takes the call as a person would: ACS cannot tell either.
    else {
      ringing.answered();
    }
  });
}
