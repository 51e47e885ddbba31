/** Ringing somebody, until they answer, refuse, or it has rung for long enough. */

import type { Cancel } from '../clock.ts';
import { type Identifier, isPhone } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { endIfDeserted } from './call-end.ts';
import type { Connection } from './connection.ts';
import { type Decider, deciderOf, reach } from './decider.ts';
import type { CustomContext } from './incoming-call.ts';
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

/** How long ACS lets a target ring before the call counts as unanswered (service limits). */
export function ringSeconds(target: Identifier): number {
  return isPhone(target) ? 115 : 85;
}

/** Rings the target; one of the invite's callbacks follows, unless the ringing is stopped. */
export function ring(resource: Resource, invite: Invite): Ringing {
  const ringing = new Ringing(resource, invite);
  invite.call.ringings.add(ringing);
  ringing.start();
  return ringing;
}

/** Somebody's phone, while it rings. Whatever ends the ringing first wins; the rest does nothing. */
export class Ringing {
  readonly ringingId: string;
  /** Asks whoever rings now: somebody else after a redirect. */
  invite: Invite;
  decidedBy: Decider;
  /** When it counts as unanswered, in milliseconds since the epoch on the emulator's clock. */
  untilMs = 0;
  readonly #resource: Resource;
  #cancels: readonly Cancel[] = [];
  #isOver = false;

  constructor(resource: Resource, invite: Invite) {
    this.ringingId = resource.random.guid();
    this.invite = invite;
    this.decidedBy = deciderOf(resource, invite);
    this.#resource = resource;
  }

  /** Rings at the target from the beginning. */
  start(): void {
    const { clock } = this.#resource;
    const timeoutMs = this.invite.timeoutSeconds * 1000;
    this.untilMs = clock.now() + timeoutMs;
    const timeout = clock.schedule(timeoutMs, () => this.failed('noAnswer'));
    this.#cancels = [timeout, reach(this.#resource, this)];
  }

  answered(leg?: Connection): void {
    this.#settle(() => this.invite.onAnswered(this.invite.target, leg));
  }

  failed(failure: Failure): void {
    this.#settle(() => this.invite.onFailed(failure));
  }

  /** Stops without telling anybody, because the call is over. */
  stop(): void {
    this.#settle();
  }

  /** Lets somebody else ring in the target's place, from the beginning. */
  redirect(target: Identifier, customContext = this.invite.customContext): void {
    if (this.#isOver) {
      return;
    }
    this.#disarm();
    const timeoutSeconds = ringSeconds(target);
    this.invite = { ...this.invite, target, customContext, timeoutSeconds, reason: 'redirected' };
    this.decidedBy = deciderOf(this.#resource, this.invite);
    this.start();
  }

  #settle(tell?: () => void): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#disarm();
    const { call } = this.invite;
    call.ringings.delete(this);
    if (tell === undefined) {
      return;
    }
    tell();
    endIfDeserted(this.#resource, call);
  }

  #disarm(): void {
    for (const cancel of this.#cancels) {
      cancel();
    }
  }
}
