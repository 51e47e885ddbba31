/** Ranges of bytes: what a header means for a file. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRange } from '../../../../local/emulator/http/byte-range.ts';

test.for([
  [undefined, undefined],
  ['bytes=-', undefined],
  ['bytes=5-4', undefined],
  ['bytes=0-1,3-4', undefined],
  ['items=0-1', undefined],
  ['bytes=0-0', { from: 0, until: 1 }],
  ['Bytes=2-', { from: 2, until: 10 }],
  ['bytes=9-99', { from: 9, until: 10 }],
  ['bytes=-3', { from: 7, until: 10 }],
  ['bytes=-99', { from: 0, until: 10 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=10-', 'unsatisfiable'],
] as const)('%s of ten bytes means %o', ([header, meaning]) => {
  expect(byteRange(header, 10)).toEqual(meaning);
});

test('whatever is asked of whatever file, the range lies within it', () => {
  const number = fc.option(fc.nat(), { nil: '' });
  fc.assert(
    fc.property(number, number, fc.nat(), (first, last, length) => {
      const range = byteRange(`bytes=${first}-${last}`, length);
      if (typeof range === 'object') {
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.from).toBeLessThan(range.until);
        expect(range.until).toBeLessThanOrEqual(length);
      }
    }),
  );
});
