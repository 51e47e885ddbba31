/** collectDigits: collect digits from the keypad, such as a PIN. */
import * as z from 'zod';
import { participant } from '../../operations/fields/people.ts';
import { recognize } from '../../operations/media/recognize.ts';
import { ask, askAhead, pressed, stopListening } from './ask.ts';
import { defineSequence } from './define-sequence.ts';
import { attempts, callId, prompt, typeAhead } from './input.ts';
import { whilePresent } from './while-present.ts';

const { maxTones, stopTones, interToneTimeoutSeconds, initialSilenceTimeoutSeconds } = recognize.input.shape;

export const collectDigits = defineSequence({
  name: 'collectDigits',
  summary: 'Collect digits from the keypad, such as a PIN; masked, they appear in the result of the sequence only',
  input: z.strictObject({
    callId,
    participant,
    prompt,
    maxTones: maxTones.unwrap().meta({ description: 'This number of tones ends the input' }),
    stopTones: stopTones.meta({ description: 'Each of these tones ends the input' }),
    interToneTimeoutSeconds,
    initialSilenceTimeoutSeconds,
    attempts,
    typeAhead,
    masked: z.boolean().default(false).meta({ description: 'The digits appear in the result only' }),
  }),
  serves: 'participant',
  example: {
    participant: '+14255550123',
    prompt: { text: 'Enter your PIN, then press the pound key.', locale: 'en-US' },
    maxTones: 6,
    stopTones: ['pound'],
    masked: true,
  },

  define: ({ callId: _, attempts: times, typeAhead: isAhead, masked, ...question }) => ({
    steps: [
      { result: { outcome: 'none' } },
      whilePresent(question.participant, [
        ...(isAhead ? askAhead : ask)(question, times, { exists: true }, { masked }),
        {
          if: { ref: pressed, exists: true },
          then: [{ result: { outcome: 'collected', digits: '$steps.ask.result.tones' } }],
        },
      ]),
    ],
    ...(isAhead && { finally: stopListening(question.participant) }),
  }),
});
