/** A phone that rings, until its owner answers or declines, or the ring timeout is over. */

import type { Cancel } from '../clock.ts';
import { type Identifier, isPhone } from '../identifiers.ts';
import type { CallContext } from './call-context.ts';
import { endIfDeserted } from './call-end.ts';
import { deciderOf, offer } from './decider.ts';
import type { Connection, Decider, Invite, Redirection, RingingPhone } from './model.ts';
import type { Failure } from './result-information.ts';

/** How long ACS lets a target ring before the call counts as unanswered (service limits). */
export function ringSeconds(target: Identifier): number {
  return isPhone(target) ? 115 : 85;
}

/** Whom the phone displays as its caller. */
export function displayedCaller({ caller, callerId }: Invite): Identifier {
  return callerId ?? caller;
}

/** Rings the target; one of the invite's callbacks follows, unless the ringing is stopped. */
export function ring(context: CallContext, invite: Invite): RingingPhone {
  const ringing = new Ringing(context, invite);
  invite.call.ringing.add(ringing);
  ringing.start();
  return ringing;
}

class Ringing implements RingingPhone {
  readonly ringingId: string;
  invite: Invite;
  decidedBy: Decider;
  untilMs = 0;
  readonly #context: CallContext;
  readonly #dialed: Identifier;
  #cancels: readonly Cancel[] = [];
  #isOver = false;

  constructor(context: CallContext, invite: Invite) {
    this.ringingId = context.random.guid();
    this.invite = invite;
    this.#dialed = invite.target;
    this.decidedBy = deciderOf(context, invite);
    this.#context = context;
  }

  /** Rings with the full timeout. */
  start(): void {
    const { clock } = this.#context;
    const timeoutMs = this.invite.timeoutSeconds * 1000;
    this.untilMs = clock.now() + timeoutMs;
    const timeout = clock.schedule(timeoutMs, () => this.failed('noAnswer'));
    this.#cancels = [timeout, offer(this.#context, this)];
  }

  answered(leg?: Connection): void {
    const party = this.invite.target;
    // The leg to a telephone number stays that of the number, wherever it is redirected: Microsoft's sample of multiple
    // dial-out moves it by the number. For users it is not documented; chosen here: the call lists who answered.
    const identifier = isPhone(this.#dialed) ? this.#dialed : party;
    this.#settle(() => this.invite.onAnswered({ identifier, party, leg }));
  }

  failed(failure: Failure): void {
    this.#settle(() => this.invite.onFailed(failure));
  }

  stop(): void {
    this.#settle();
  }

  redirect({ target, customContext, callerId }: Redirection): void {
    if (this.#isOver) {
      return;
    }
    this.#disarm();
    this.invite.call.redirects += 1;
    this.invite = {
      ...this.invite,
      target,
      customContext: customContext ?? this.invite.customContext,
      callerId: callerId ?? this.invite.callerId,
      timeoutSeconds: ringSeconds(target),
      reason: 'redirected',
    };
    this.decidedBy = deciderOf(this.#context, this.invite);
    this.start();
  }

  #settle(report?: () => void): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#disarm();
    const { call } = this.invite;
    call.ringing.delete(this);
    if (report === undefined) {
      return;
    }
    report();
    endIfDeserted(this.#context, call);
  }

  #disarm(): void {
    for (const cancel of this.#cancels) {
      cancel();
    }
  }
}
