import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromEntity, toEntity, toKey } from '../../../shared/storage/document.ts';

test('any document comes back from its entity', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(fromEntity(toEntity('p', 'r', document))).toEqual(JSON.parse(JSON.stringify(document)));
    }),
  );
});

test('a document of 200 KB is split into properties that each fit', () => {
  const document = { context: 'ä'.repeat(200_000) };
  const entity = toEntity('p', 'r', document);
  expect(Math.max(...Object.values(entity).map((text) => text.length * 2))).toBeLessThanOrEqual(64 * 1024);
  expect(fromEntity(entity)).toEqual(document);
});

test('a document that no entity holds is refused', () => {
  expect(() => toEntity('p', 'r', 'x'.repeat(1_000_000))).toThrow(RangeError);
});

test('keys have none of the characters that tables refuse, and differ as their texts do', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), fc.string({ maxLength: 100 }), (a, b) => {
      expect(toKey(a)).not.toMatch(/[/\\#?\p{Cc}]/u);
      expect(toKey(a) === toKey(b)).toBe(a === b);
    }),
  );
});
