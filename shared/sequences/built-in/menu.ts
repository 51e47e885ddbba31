/** menu: offer choices on the keypad, and run the steps of the chosen one. */
import * as z from 'zod';
import { participant } from '../../operations/fields/people.ts';
import { tone } from '../../operations/fields/tone.ts';
import { stepsAsPosted } from '../language/schema.ts';
import { ask, askAhead, pressed, stopListening } from './ask.ts';
import { defineSequence } from './define-sequence.ts';
import { attempts, callId, prompt, typeAhead } from './input.ts';
import { whilePresent } from './while-present.ts';

const choice = z.strictObject({
  tone,
  label: z.string().min(1).max(256).meta({ description: 'The value of `result.choice` when it is chosen' }),
  steps: stepsAsPosted.optional(),
});

export const menu = defineSequence({
  name: 'menu',
  summary: 'Play a menu until one of its tones is pressed, then run the steps of that choice',
  input: z.strictObject({
    callId,
    participant,
    prompt,
    choices: z
      .array(choice)
      .min(1, 'expected at least one choice')
      .refine((all) => new Set(all.map((one) => one.tone)).size === all.length, 'expected each tone once')
      .meta({ description: 'The tones with their labels, and the steps that follow' }),
    attempts,
    typeAhead,
  }),
  serves: 'participant',
  example: {
    participant: '+14255550123',
    prompt: { text: 'For opening hours press 1, to speak to an agent press 2.', locale: 'en-US' },
    choices: [
      {
        tone: 'one',
        label: 'hours',
        steps: [{ do: 'play', with: { sources: [{ text: 'We are open from nine to five.', locale: 'en-US' }] } }],
      },
      { tone: 'two', label: 'agent' },
    ],
  },

  define: ({ participant: caller, prompt: offer, choices, attempts: times, typeAhead: isAhead }) => {
    const accepts = choices.map((one) => one.tone);
    const question = { participant: caller, prompt: offer, maxTones: 1 };
    const asking = isAhead
      ? askAhead({ ...question, accepts }, times, { in: accepts })
      : ask(question, times, { in: accepts });
    return {
      steps: [
        { result: { outcome: 'none' } },
        whilePresent(caller, [
          ...asking,
          ...choices.map(({ tone: key, label, steps = [] }) => ({
            if: { ref: pressed, equals: key },
            then: [{ result: { outcome: 'chosen', choice: label } }, ...steps],
          })),
        ]),
      ],
      ...(isAhead && { finally: stopListening(caller) }),
    };
  },
});
