/** Asks a question that is answered on the keypad. */
import { startContinuousDtmfRecognition } from '../../operations/media/start-continuous-dtmf-recognition.ts';
import { stopContinuousDtmfRecognition } from '../../operations/media/stop-continuous-dtmf-recognition.ts';
import type { CollectStep, Condition, DoStep, Step } from '../language/definition.ts';

/** The reference to the first tone that was pressed. */
export const pressed = '$steps.ask.result.tones.0';

/** A question, to one person. */
export interface Question extends Omit<CollectStep['collect'], 'listening'> {
  readonly participant: string;
}

/**
 * Asks until the answer is acceptable: `$steps.ask` is the last attempt. When that failed, `result.error` of the sequence
 * says why.
 */
export function ask(
  question: Omit<Question, 'accepts'>,
  attempts: number,
  isAnswer: Omit<Condition, 'ref'>,
  more: Pick<DoStep, 'masked'> = {},
): Step[] {
  const listen: DoStep = {
    id: 'ask',
    do: 'recognize',
    with: { input: 'dtmf', interruptPrompt: true, ...question },
    onFailure: 'continue',
    ...more,
  };
  return [repeatedly(listen, attempts, isAnswer), ofLastAttempt];
}

/**
 * Asks likewise, with what was typed ahead: ACS listens from the start, through all attempts and what follows, until
 * `stopListening`. The prompt is played unless tones are there.
 */
export function askAhead(
  { participant, ...question }: Question,
  attempts: number,
  isAnswer: Omit<Condition, 'ref'>,
  more: Pick<DoStep, 'masked'> = {},
): Step[] {
  const listen: DoStep = {
    id: listening,
    do: startContinuousDtmfRecognition.name,
    with: { participant },
    // A `collect` of a recognition that failed fails with its error.
    onFailure: 'continue',
    ...more,
  };
  const collect: CollectStep = { id: 'ask', collect: { listening, ...question }, onFailure: 'continue' };
  // ACS reports whether it can listen only later: the prompt does not wait for that.
  return [{ parallel: [[listen], [repeatedly(collect, attempts, isAnswer)]] }, ofLastAttempt];
}

/** The steps of `finally` after `askAhead`. */
export function stopListening(participant: string): Step[] {
  return [
    {
      if: { ref: `$steps.${listening}.status`, in: ['succeeded', 'indeterminate'] },
      then: [{ id: 'stop-listening', do: stopContinuousDtmfRecognition.name, with: { participant } }],
    },
  ];
}

const listening = 'listen';
const ofLastAttempt: Step = { result: { error: '$steps.ask.error' } };

function repeatedly(step: Step, times: number, isAnswer: Omit<Condition, 'ref'>): Step {
  return { repeat: { times, steps: [step], until: { ref: pressed, ...isAnswer } } };
}
