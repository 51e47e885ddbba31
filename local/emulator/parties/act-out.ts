/** Plays the steps of a party's script while the party is in a call. */

import { leave } from '../calls/ending.ts';
import { hungUpBy } from '../calls/result-information.ts';
import type { Participant } from '../calls/server-call.ts';
import type { Resource } from '../resource.ts';
import type { Step } from './party.ts';

/** Runs the script of somebody who has just joined, one step after the other, until they have left the call. */
export function actOut(resource: Resource, participant: Participant): void {
  const { identifier } = participant;
  const act = (steps: readonly Step[]): void => {
    const [step, ...rest] = steps;
    if (step === undefined || participant.call.participants.get(identifier.rawId) !== participant) {
      return;
    }
    if ('hangUp' in step) {
      leave(resource, participant, hungUpBy(identifier));
    }
    // Tones and words go nowhere while nothing listens, as on a real call; the wait is the step that takes time.
    else {
      resource.clock.schedule('waitMs' in step ? step.waitMs : 0, () => act(rest));
    }
  };
  const { then } = resource.parties.of(identifier);
  if (then.length > 0) {
    resource.clock.schedule(0, () => act(then));
  }
}
