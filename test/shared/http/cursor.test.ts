import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorOf, type ListIdentity, positionOf } from '../../../shared/http/cursor.ts';

const texts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
const lists: fc.Arbitrary<ListIdentity> = fc.record({
  api: fc.webUrl(),
  endpoint: fc.string(),
  path: texts,
  filters: texts,
});

test('a cursor leads to its position, in its own list only', () => {
  fc.assert(
    fc.property(lists, lists, fc.string({ unit: 'binary' }), (list, other, position) => {
      const cursor = cursorOf(list, position);
      expect(positionOf(list, cursor)).toBe(position);
      expect(positionOf({ ...list, endpoint: `${list.endpoint}2` }, cursor)).toBeUndefined();
      expect(positionOf({ ...list, api: `${list.api}/2` }, cursor)).toBeUndefined();
      fc.pre(JSON.stringify(list) !== JSON.stringify(other));
      expect(positionOf({ ...other, api: `${list.api}/3` }, cursor)).toBeUndefined();
    }),
  );
});

test('a cursor that lacks a character or has another is none', () => {
  fc.assert(
    fc.property(lists, fc.string({ unit: 'binary' }), fc.nat(), fc.base64String(), (list, position, at, other) => {
      const cursor = cursorOf(list, position);
      const index = at % cursor.length;
      const changed = `${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`;
      fc.pre(changed !== cursor);
      expect(positionOf(list, changed)).toBeUndefined();
    }),
  );
});

test('the order of filters makes no other list', () => {
  const list = { api: 'a', endpoint: 'e', path: {} };
  const cursor = cursorOf({ ...list, filters: { a: '1', b: '2' } }, 'x');
  expect(positionOf({ ...list, filters: { b: '2', a: '1' } }, cursor)).toBe('x');
});
