import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromEntity, fromProperties, isKey, toEntity, toKey, toProperties } from '../../../shared/storage/document.ts';

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

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 600,
});

test('keys of any UTF-16 are safe in a table, a URL and a list, short enough, and differ as their texts do', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      expect(isKey(toKey(a))).toBe(true);
      expect(encodeURIComponent(toKey(a).replace(/[:=]/g, ''))).toBe(toKey(a).replace(/[:=]/g, ''));
      expect(toKey(a) < '~').toBe(true);
      expect(toKey(a) === toKey(b)).toBe(a === b);
    }),
  );
  expect(toKey('\u0001f')).not.toBe(toKey('\u001f'));
  expect([isKey('a/b'), isKey('x'.repeat(501))]).toEqual([false, false]);
});

test('any text comes back from properties that are well formed and hold nothing that a request does not survive', () => {
  fc.assert(
    fc.property(anyText, fc.nat(100), (text, more) => {
      const document = { text: `${'x'.repeat(31_980 + more)}${text}` };
      const properties = toProperties('o', document);
      for (const value of Object.values(properties)) {
        expect(value.isWellFormed() && !/[\u2028\u2029\u007f-\u009f\ufffe\uffff]/.test(value)).toBe(true);
        expect(value.length).toBeLessThanOrEqual(32_000);
      }
      expect(fromProperties('o', properties)).toEqual(document);
    }),
    { numRuns: 50 },
  );
});

test.each([0, 1])('a property never ends within a surrogate pair: %i units before the pairs', (before) => {
  const document = `${'x'.repeat(before)}${'\u{1f4de}'.repeat(40_000)}`;
  const chunks = Object.values(toProperties('o', document));
  expect(chunks.filter((chunk) => !chunk.isWellFormed())).toEqual([]);
  // The quotation mark of the JSON comes first, so that the pairs start at an odd or an even unit.
  expect(chunks.map(({ length }) => length).slice(0, 2)).toEqual(before === 0 ? [31_999, 32_000] : [32_000, 32_000]);
  expect(chunks.join('')).toBe(JSON.stringify(document));
});

test('a document that is merged over a longer one ends where it ends', () => {
  const longer = toProperties('o', 'x'.repeat(70_000));
  expect(fromProperties('o', { ...longer, ...toProperties('o', 'short') })).toBe('short');
});
