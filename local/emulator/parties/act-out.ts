/** Plays the steps of a party's script while the party is in a call. */

import { leave } from '../calls/call-end.ts';
import { DEFAULT_CONFIDENCE, press, say } from '../calls/input.ts';
import { hungUpBy } from '../calls/result-information.ts';
import type { Participant } from '../calls/server-call.ts';
import type { Resource } from '../resource.ts';
import type { Step } from './party.ts';

/** Runs the script of somebody who has just joined, one step after the other, until they have left the call. */
export function actOut(resource: Resource, participant: Participant): void {
  const { identifier, turns } = participant;
  const act = (steps: readonly Step[]): void => {
    const [step, ...rest] = steps;
    if (step === undefined || participant.call.participants.get(identifier.rawId) !== participant) {
      return;
    }
    if ('hangUp' in step) {
      leave(resource, participant, hungUpBy(identifier));
    } else if ('onListening' in step) {
      turns.take(() => resource.clock.schedule(0, () => act([step.onListening, ...rest])));
    } else {
      utter(participant, step);
      resource.clock.schedule('waitMs' in step ? step.waitMs : 0, () => act(rest));
    }
  };
  const { then } = resource.parties.of(identifier);
  if (then.length > 0) {
    resource.clock.schedule(0, () => act(then));
  }
}

/** Tones and words go nowhere while nothing listens, as on a real call. */
function utter(participant: Participant, step: Step): void {
  if ('press' in step) {
    press(participant, step.press);
  } else if ('say' in step) {
    say(participant, { text: step.say, confidence: DEFAULT_CONFIDENCE });
  }
}
