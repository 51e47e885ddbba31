/** collectDigits: have somebody enter a number on the keypad, such as a PIN. */
import * as z from 'zod';
import { participant } from '../../operations/fields/fields.ts';
import { recognize } from '../../operations/media/recognize.ts';
import { ask, pressed } from './ask.ts';
import { defineSequence } from './define-sequence.ts';
import { attempts, callId, prompt } from './input.ts';

const { maxTones, stopTones, interToneTimeoutSeconds, initialSilenceTimeoutSeconds } = recognize.input.shape;

export const collectDigits = defineSequence({
  name: 'collectDigits',
  summary: 'Have somebody enter digits, such as a PIN; masked, they are in the result of the sequence and nowhere else',
  input: z.strictObject({
    callId,
    participant,
    prompt,
    maxTones: maxTones.unwrap().meta({ description: 'So many end it' }),
    stopTones: stopTones.meta({ description: 'Each of these ends it' }),
    interToneTimeoutSeconds,
    initialSilenceTimeoutSeconds,
    attempts,
    masked: z.boolean().default(false).meta({ description: 'The digits are told by the result alone' }),
  }),
  example: {
    participant: '+14255550123',
    prompt: { text: 'Enter your PIN, then press the pound key.', locale: 'en-US' },
    maxTones: 6,
    stopTones: ['pound'],
    masked: true,
  },

  define: ({ callId: _, attempts: times, masked, ...question }) => ({
    steps: [
      { result: { outcome: 'none' } },
      ...ask(question, times, { exists: true }, { masked }),
      {
        if: { ref: pressed, exists: true },
        then: [{ result: { outcome: 'collected', digits: '$steps.ask.result.tones' } }],
      },
    ],
  }),
});
