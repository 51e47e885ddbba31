/** Asks a question that is answered on the keypad. */
import type { Condition, DoStep, Step } from '../language/definition.ts';

/** The reference to the first tone that was pressed. */
export const pressed = '$steps.ask.result.tones.0';

/**
 * Asks until the answer is acceptable: `$steps.ask` is the last attempt. When that failed, `result.error` of the sequence
 * says why.
 */
export function ask(
  question: Readonly<Record<string, unknown>>,
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
  return [
    { repeat: { times: attempts, steps: [listen], until: { ref: pressed, ...isAnswer } } },
    { result: { error: '$steps.ask.error' } },
  ];
}
