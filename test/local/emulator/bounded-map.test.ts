/** A bounded map is a map of its latest entries. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedMap } from '../../../local/emulator/bounded-map.ts';

test('it keeps the latest entries, as many as its limit', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.tuple(key, fc.nat())), (limit, entries) => {
      const map = new BoundedMap<string, number>(limit);
      const latest = new Map<string, number>();
      for (const [name, value] of entries) {
        map.set(name, value);
        latest.set(name, value);
        for (const gone of [...latest.keys()].slice(0, -limit)) {
          latest.delete(gone);
        }
      }

      expect([...map]).toEqual([...latest]);
    }),
  );
});
