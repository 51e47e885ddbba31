/** The steps of a recognize, for any keys and words in any order. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TONE_NAMES, type Tone } from '../../../../local/emulator/calls/tones.ts';
import {
  addSpeech,
  addTone,
  endBySilence,
  type Input,
  NO_INPUT,
  type Outcome,
  type Recognition,
  silenceTimeoutMs,
} from '../../../../local/emulator/media/recognition.ts';

const tone = fc.constantFrom(...TONE_NAMES);
const speech = fc.record({ text: fc.lorem({ maxCount: 4 }), confidence: fc.double({ min: 0.1, max: 1, noNaN: true }) });

function recognition(settings: Partial<Recognition>): Recognition {
  return {
    input: 'dtmf',
    maxTones: 4,
    stopTones: [],
    choices: [],
    initialSilenceMs: 5000,
    interToneMs: 2000,
    endSilenceMs: 500,
    ...settings,
  };
}

/** Feeds keys and words until there is an outcome; silence ends the rest. */
function listen(settings: Recognition, inputs: readonly (Tone | { text: string; confidence: number })[]): Outcome {
  let heard: Input = NO_INPUT;
  for (const input of inputs) {
    const next = typeof input === 'string' ? addTone(settings, heard, input) : addSpeech(settings, heard, input);
    if ('kind' in next) {
      return next;
    }
    heard = next;
  }
  return endBySilence(heard);
}

const subCodeOf = ({ details }: Outcome) => details.resultInformation.subCode;

test('tones are collected up to the maximum or the first stop tone, whichever comes first', () => {
  fc.assert(
    fc.property(
      fc.array(tone),
      fc.integer({ min: 1, max: 6 }),
      fc.subarray([...TONE_NAMES]),
      (keys, maxTones, stopTones) => {
        const outcome = listen(recognition({ maxTones, stopTones }), keys);

        const stopAt = keys.findIndex((key) => stopTones.includes(key));
        const collected = keys.slice(0, Math.min(stopAt === -1 ? keys.length : stopAt, maxTones));
        if (collected.length === maxTones) {
          expect([subCodeOf(outcome), outcome.details.dtmfResult]).toEqual([8531, { tones: collected }]);
        } else if (stopAt !== -1) {
          expect([subCodeOf(outcome), outcome.details.dtmfResult]).toEqual([8514, { tones: collected }]);
        } else {
          expect(subCodeOf(outcome)).toBe(keys.length === 0 ? 8510 : 8532);
        }
      },
    ),
  );
});

test('of keys and words, what comes first decides what is recognized', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(tone, speech), { minLength: 1 }), (inputs) => {
      const { kind, details } = listen(recognition({ input: 'speechOrDtmf', maxTones: 3 }), inputs);

      const words = inputs.filter((input) => typeof input !== 'string').map(({ text }) => text);
      const keys = inputs.filter((input) => typeof input === 'string');
      if (typeof inputs[0] === 'string') {
        expect(kind).toBe(keys.length >= 3 ? 'RecognizeCompleted' : 'RecognizeFailed');
      } else {
        expect(details).toMatchObject({ recognitionType: 'speech', speechResult: { speech: words.join(' ') } });
      }
    }),
  );
});

test('a choice is found by its tone and by any of its phrases, in whatever it is wrapped', () => {
  const choices = TONE_NAMES.map((each) => ({
    label: `label ${each}`,
    phrases: [`say ${each}`, `or ${each}`],
    tone: each,
  }));
  const settings = recognition({ input: 'choices', choices });
  const before = fc.constantFrom('', 'uhm ', '¿', '... ');
  const after = fc.constantFrom('', '.', ' please!', '?');
  fc.assert(
    fc.property(tone, fc.boolean(), before, after, (wanted, isFirst, opening, closing) => {
      const phrase = `${isFirst ? 'say' : 'or'} ${wanted}`;
      const spoken = listen(settings, [{ text: `${opening}${phrase.toUpperCase()}${closing}`, confidence: 0.5 }]);
      const pressed = listen(settings, [wanted]);

      expect(pressed.details.choiceResult).toEqual({ label: `label ${wanted}`, recognizedPhrase: null });
      expect(spoken.details.choiceResult).toEqual({
        label: `label ${wanted}`,
        recognizedPhrase: phrase,
        confidence: 0.5,
      });
    }),
  );
});

test('what means nothing leaves what was heard as it was', () => {
  fc.assert(
    fc.property(tone, speech, (key, words) => {
      expect(addTone(recognition({ input: 'speech' }), NO_INPUT, key)).toBe(NO_INPUT);
      expect(addSpeech(recognition({ input: 'dtmf' }), NO_INPUT, words)).toBe(NO_INPUT);
    }),
  );
});

test('the timeout is that of the last input', () => {
  const settings = recognition({ input: 'speechOrDtmf' });
  const afterTone = addTone(settings, NO_INPUT, 'one');
  const afterWords = addSpeech(settings, NO_INPUT, { text: 'hello', confidence: 1 });

  expect(silenceTimeoutMs(settings, NO_INPUT)).toBe(5000);
  expect(silenceTimeoutMs(settings, afterTone as Input)).toBe(2000);
  expect(silenceTimeoutMs(settings, afterWords as Input)).toBe(500);
});
