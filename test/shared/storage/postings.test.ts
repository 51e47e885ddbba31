/** The rows of a list by term and time: a range has those of its term and period, in their order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orders, type Posted, postingKeys, postingRange } from '../../../shared/storage/postings.ts';

const moment = fc
  .integer({ min: 0, max: 20 })
  .map((second) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString());
const items: fc.Arbitrary<readonly Posted[]> = fc.uniqueArray(fc.record({ id: fc.uuid(), createdAt: moment }), {
  selector: ({ id }) => id,
});
const maybe = fc.option(moment, { nil: undefined });

test('a range has the items of its term within a period, without its two ends, in the order of their times', () => {
  fc.assert(
    fc.property(items, items, fc.constantFrom(...orders), maybe, maybe, (ofTerm, ofOther, order, after, before) => {
      const { above, below } = postingRange('a', order, { after, before });
      const rows = [
        ...ofTerm.map((item) => ({ item, keys: postingKeys(['a'], item) })),
        ...ofOther.map((item) => ({ item, keys: postingKeys(['a:b', 'ab'], item) })),
      ].flatMap(({ item, keys }) => keys.map((key) => ({ key, item })));
      const found = rows
        .filter(({ key }) => key > above && key < below)
        .sort((one, other) => (one.key < other.key ? -1 : 1));
      const times = ofTerm
        .map(({ createdAt }) => createdAt)
        .filter((time) => (after === undefined || time > after) && (before === undefined || time < before))
        .sort();
      expect(found.map(({ item }) => item.createdAt)).toEqual(order === 'oldest' ? times : times.toReversed());
      expect(found.every(({ item }) => ofTerm.includes(item))).toBe(true);
    }),
  );
});
