import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialParts } from '../../../shared/calls/dial-string.ts';

test('pauses and keys alternate, and a pause at the end is left out', () => {
  expect(dialParts('ww1,W23#w')).toEqual([
    { pauseMs: 1000 },
    { tones: ['one'] },
    { pauseMs: 3000 },
    { tones: ['two', 'three', 'pound'] },
  ]);
});

test('each key has its name at ACS, A to D in either case', () => {
  expect(dialParts('0123456789*#')).toEqual([
    {
      tones: 'zero one two three four five six seven eight nine asterisk pound'.split(' '),
    },
  ]);
  expect(dialParts('ABCDabcd')).toEqual([{ tones: ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd'] }]);
});

test('every key is sent once, in order, and at most 18 by one request', () => {
  const keys = fc.array(fc.constantFrom(...'0123456789*#ABCDabcdwW,'), { maxLength: 64 }).map((all) => all.join(''));
  fc.assert(
    fc.property(keys, (text) => {
      const tones = [...text].filter((key) => !'wW,'.includes(key)).length;
      const sent = dialParts(text)?.map((part) => ('tones' in part ? part.tones.length : 0));
      expect(sent?.reduce((sum, count) => sum + count, 0)).toBe(tones === 0 ? undefined : tones);
      expect(sent?.every((count) => count <= 18)).not.toBe(false);
    }),
  );
});

test.each(['', 'ww', '12x', ' 1', '1'.repeat(65)])('%o is no dial string', (text) => {
  expect(dialParts(text)).toBeUndefined();
});
