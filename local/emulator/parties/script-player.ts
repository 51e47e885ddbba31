/** Plays the script of a party while the party is in a call. */

import type { CallContext } from '../calls/call-context.ts';
import { leave } from '../calls/call-end.ts';
import { DEFAULT_CONFIDENCE, pressKeys, speak } from '../calls/input.ts';
import type { Participant } from '../calls/model.ts';
import { hungUpBy } from '../calls/result-information.ts';
import type { Step } from './party.ts';

/**
 * Runs the script of a participant who can talk from now on, one step after the other, until the participant has left.
 */
export function playScript(context: CallContext, participant: Participant): void {
  const { clock, parties } = context;
  const { party, speakingSlots } = participant;
  const play = (steps: readonly Step[]): void => {
    const [step, ...rest] = steps;
    if (step === undefined || !participant.call.participants.includes(participant)) {
      return;
    }
    if ('hangUp' in step) {
      leave(context, participant, hungUpBy(participant));
    } else if ('onListening' in step) {
      speakingSlots.take(() => clock.schedule(0, () => play([step.onListening, ...rest])));
    } else {
      utter(participant, step);
      clock.schedule('waitMs' in step ? step.waitMs : 0, () => play(rest));
    }
  };
  const { then } = parties.of(party);
  if (then.length > 0) {
    clock.schedule(0, () => play(then));
  }
}

/** Tones and words go nowhere while nothing listens, as on a real call. */
function utter(participant: Participant, step: Step): void {
  if ('press' in step) {
    pressKeys(participant, step.press);
  } else if ('say' in step) {
    speak(participant, { text: step.say, confidence: DEFAULT_CONFIDENCE });
  }
}
