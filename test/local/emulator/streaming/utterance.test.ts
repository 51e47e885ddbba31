/** Spoken words: their times follow one another, and the last result is the whole of it. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resultsOf } from '../../../../local/emulator/streaming/utterance.ts';

const text = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 12 }).map((words) => words.join(' '));
const startMs = fc.nat({ max: 3_600_000 });

test('a sentence is timed word by word', () => {
  const [final] = resultsOf('Billing,  please!', 1000, false);

  expect(final).toEqual({
    afterMs: 16 * 70,
    data: {
      text: 'Billing, please!',
      offset: 10_000_000,
      duration: 11_200_000,
      words: [
        { text: 'billing', offset: 10_000_000, duration: 5_600_000 },
        { text: 'please', offset: 16_300_000, duration: 4_900_000 },
      ],
      resultStatus: 'Final',
    },
  });
});

test('words follow one another within the phrase, each of them with a text', () => {
  fc.assert(
    fc.property(text, startMs, (said, start) => {
      for (const { data } of resultsOf(said, start, true)) {
        const ends = data.words.map(({ offset, duration }) => offset + duration);
        expect(data.words.every(({ offset }, index) => offset >= (ends[index - 1] ?? data.offset))).toBe(true);
        expect(ends.at(-1)).toBe(data.offset + data.duration);
        expect(data.words.every((word) => word.text !== '')).toBe(true);
        expect(data.words).toHaveLength(data.text.split(' ').length);
      }
    }),
  );
});

test('intermediate results grow towards the one final result, which is the same without them', () => {
  fc.assert(
    fc.property(text, startMs, (said, start) => {
      const results = resultsOf(said, start, true);
      const times = results.map(({ afterMs }) => afterMs);

      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(results.map(({ data }) => data.resultStatus)).toEqual(
        results.map((_, index) => (index === results.length - 1 ? 'Final' : 'Intermediate')),
      );
      expect(results.every(({ data }) => results.at(-1)?.data.text.startsWith(data.text))).toBe(true);
      expect(resultsOf(said, start, false)).toEqual(results.slice(-1));
    }),
  );
});

test('silence is not sent', () => {
  expect(resultsOf(' \n ', 0, true)).toEqual([]);
});
