import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from '../../../shared/http/range.ts';

test.each([
  [null, 'whole'],
  ['', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=9-3', 'whole'],
  ['bytes=0-1,4-5', 'whole'],
  ['lines=1-2', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes=0-0', { first: 0, count: 1 }],
  ['bytes = 2 - 5', { first: 2, count: 4 }],
  ['bytes=4-', { first: 4, count: 6 }],
  ['bytes=4-99', { first: 4, count: 6 }],
  ['bytes=-3', { first: 7, count: 3 }],
  ['bytes=-99', { first: 0, count: 10 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=99-100', 'unsatisfiable'],
])('of a file of ten bytes, %s is %o', (header, expected) => {
  expect(rangeOf(header, 10)).toEqual(expected);
});

test('a range never leaves the file', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 500 }), (a, b, length) => {
      for (const header of [`bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${a}`]) {
        const range = rangeOf(header, length);
        if (typeof range === 'object') {
          expect(range.first).toBeGreaterThanOrEqual(0);
          expect(range.count).toBeGreaterThan(0);
          expect(range.first + range.count).toBeLessThanOrEqual(length);
        }
      }
    }),
  );
});
