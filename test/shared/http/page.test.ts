/** A page is filled from an index of which few rows may match, at a bounded cost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillPage, leastBatch, mostExamined, pageOf } from '../../../shared/http/page.ts';

/** An index of numbers, of which some are wanted; the rows and the reads that it has answered. */
function anIndex(count: number, isWanted: (one: number) => boolean) {
  const cost = { lists: 0, reads: 0 };
  return {
    cost,
    page: (limit: number, from: string | undefined) =>
      fillPage(
        async (most, position) => {
          cost.lists += 1;
          const first = position === undefined ? 0 : Number(position) + 1;
          const items = Array.from({ length: Math.min(most, count - first) }, (_, one) => first + one);
          const isLast = first + most >= count;
          return { items, positions: items.map(String), ...(!isLast && { nextCursor: String(items.at(-1)) }) };
        },
        async (one) => {
          cost.reads += 1;
          return isWanted(one) ? one : undefined;
        },
        limit,
        from,
      ),
  };
}

test('the pages hold each wanted item once, in order, and none costs more than is stated', async () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 2000 }),
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(sizes, async ([count, limit, every]) => {
      const { page, cost } = anIndex(count, (one) => one % every === 0);
      const found: number[] = [];
      let position: string | undefined;
      do {
        Object.assign(cost, { lists: 0, reads: 0 });
        const { items, nextCursor } = await page(limit, position);
        expect(items.length).toBeLessThanOrEqual(limit);
        expect(cost.reads).toBeLessThanOrEqual(mostExamined);
        expect(cost.lists).toBeLessThanOrEqual(1 + mostExamined / leastBatch);
        found.push(...items);
        position = nextCursor;
      } while (position !== undefined);
      expect(found).toEqual(Array.from({ length: Math.ceil(count / every) }, (_, one) => one * every));
    }),
  );
});

test('a page of items that all match costs one read each', async () => {
  const { page, cost } = anIndex(1000, () => true);
  expect((await page(20, undefined)).items).toHaveLength(20);
  expect(cost).toEqual({ lists: 1, reads: 20 });
});

test('the last page of a list that is read whole has no cursor, also when it is full', () => {
  expect(pageOf([1, 2, 3, 4], 2)).toEqual({ items: [1, 2], nextCursor: '2' });
  expect(pageOf([1, 2, 3, 4], 2, '2')).toEqual({ items: [3, 4] });
  expect(pageOf([1, 2, 3], 2, '2')).toEqual({ items: [3] });
});
