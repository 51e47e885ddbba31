/** Ringing somebody: a scripted party decides by itself, an IncomingCall waits for an application. */

import type { Cancel } from '../clock.ts';
import { type Identifier, isPhone } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import type { Connection } from './connection.ts';
import { endIfDeserted } from './ending.ts';
import { announce, type CustomContext } from './incoming-call.ts';
import type { Failure } from './result-information.ts';
import type { ServerCall } from './server-call.ts';

/** One person being asked into a call. */
export interface Invite {
  readonly call: ServerCall;
  readonly caller: Identifier;
  readonly callerDisplayName?: string | undefined;
  readonly target: Identifier;
  readonly customContext?: CustomContext | undefined;
  readonly timeoutSeconds: number;
  /** Who asks: a party's own call and a redirected one reach applications that an invitation does not. */
  readonly reason: 'invited' | 'dialed' | 'redirected';
  /** `leg` is the application that answered, when it was one. */
  readonly onAnswered: (target: Identifier, leg?: Connection) => void;
  readonly onFailed: (failure: Failure) => void;
}

/** Somebody's phone, while it rings. Whatever ends the ringing first wins; the rest does nothing. */
export interface Ringing {
  answered(leg?: Connection): void;
  failed(failure: Failure): void;
  /** Lets somebody else ring in the target's place, from the beginning. */
  redirect(target: Identifier, customContext?: CustomContext): void;
  /** Stops without telling anybody, because the call is over. */
  stop(): void;
}

/** How long ACS lets a target ring before the call counts as unanswered (service limits). */
export function ringSeconds(target: Identifier): number {
  return isPhone(target) ? 115 : 85;
}

/** Rings the target; one of the invite's callbacks follows, unless the ringing is stopped. */
export function ring(resource: Resource, invite: Invite): Ringing {
  let current = invite;
  let cancels: readonly Cancel[] = [];
  let isOver = false;
  const disarm = (): void => {
    for (const cancel of cancels) {
      cancel();
    }
  };
  const arm = (): void => {
    const timeout = resource.clock.schedule(current.timeoutSeconds * 1000, () => ringing.failed('noAnswer'));
    const reach = reachesApplication(resource, current) ? announce : ringParty;
    cancels = [timeout, reach(resource, current, ringing)];
  };
  const settle = (tell?: () => void): void => {
    if (isOver) {
      return;
    }
    isOver = true;
    disarm();
    invite.call.ringings.delete(ringing);
    if (tell === undefined) {
      return;
    }
    tell();
    endIfDeserted(resource, invite.call);
  };
  const ringing: Ringing = {
    answered: (leg) => settle(() => invite.onAnswered(current.target, leg)),
    failed: (failure) => settle(() => invite.onFailed(failure)),
    stop: () => settle(),
    redirect(target, customContext = invite.customContext) {
      if (isOver) {
        return;
      }
      disarm();
      current = { ...invite, target, customContext, timeoutSeconds: ringSeconds(target), reason: 'redirected' };
      arm();
    },
  };
  invite.call.ringings.add(ringing);
  arm();
  return ringing;
}

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

function ringParty(resource: Resource, { target }: Invite, ringing: Ringing): Cancel {
  const { onRing, afterMs } = resource.parties.of(target);
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
