/** consentThenRecord: ask whether the call may be recorded, and record it only then. */
import * as z from 'zod';
import { participant } from '../../operations/fields/people.ts';
import { tone } from '../../operations/fields/tone.ts';
import { duration } from '../language/schema.ts';
import { ask, pressed } from './ask.ts';
import { defineSequence } from './define-sequence.ts';
import { attempts, callId, prompt, recording } from './input.ts';
import { record, stopRecording } from './record.ts';
import { whilePresent } from './while-present.ts';

export const consentThenRecord = defineSequence({
  name: 'consentThenRecord',
  summary: 'Ask for consent on the keypad; once it is given, record for a time or until the call ends',
  input: z
    .strictObject({
      callId,
      participant,
      prompt,
      consentTone: tone.default('one'),
      refuseTone: tone.default('two'),
      attempts,
      recording,
      recordFor: duration.optional().meta({ description: 'ISO 8601 duration; by default until the call ends' }),
    })
    .refine(({ consentTone, refuseTone }) => consentTone !== refuseTone, {
      path: ['refuseTone'],
      message: 'expected another tone than consentTone',
    }),
  serves: 'participant',
  example: {
    participant: '+14255550123',
    prompt: { text: 'May we record this call? Press 1 for yes, 2 for no.', locale: 'en-US' },
    recordFor: 'PT30M',
  },

  define: ({
    participant: caller,
    prompt: question,
    consentTone,
    refuseTone,
    attempts: times,
    recording: how,
    recordFor,
  }) => ({
    steps: [
      { result: { consent: 'none' } },
      whilePresent(
        caller,
        ask({ participant: caller, prompt: question, maxTones: 1 }, times, { in: [consentTone, refuseTone] }),
      ),
      {
        // What the caller pressed before hanging up records no one.
        if: { ref: '$steps.serve.status', equals: 'canceled' },
        then: [],
        else: [
          { if: { ref: pressed, equals: refuseTone }, then: [{ result: { consent: 'refused' } }] },
          {
            if: { ref: pressed, equals: consentTone },
            then: [
              { result: { consent: 'given' } },
              ...record(how, recordFor === undefined ? [] : [{ after: recordFor, do: 'stop' }]),
            ],
          },
        ],
      },
    ],
    finally: [stopRecording],
  }),
});
