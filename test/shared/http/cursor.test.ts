import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorOf, type ListIdentity, positionOf } from '../../../shared/http/cursor.ts';

const signing = (key: string) => async (text: string) => createHmac('sha256', key).update(text).digest('base64url');
const sign = signing('key');

const texts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
const lists: fc.Arbitrary<ListIdentity> = fc.record({ endpoint: fc.string(), path: texts, filters: texts });

test('a cursor leads to its position, in its own list only', () =>
  fc.assert(
    fc.asyncProperty(lists, lists, fc.string({ unit: 'binary' }), async (list, other, position) => {
      const cursor = await cursorOf(sign, list, position);
      expect(await positionOf(sign, list, cursor)).toBe(position);
      expect(await positionOf(sign, { ...list, endpoint: `${list.endpoint}2` }, cursor)).toBeUndefined();
      expect(await positionOf(sign, { ...list, path: { ...list.path, another: '' } }, cursor)).toBeUndefined();
      expect(await positionOf(sign, { ...list, filters: { ...list.filters, another: '' } }, cursor)).toBeUndefined();
      fc.pre(JSON.stringify(list) !== JSON.stringify(other));
      expect(await positionOf(sign, { ...other, endpoint: `${list.endpoint}3` }, cursor)).toBeUndefined();
    }),
  ));

test('a cursor that lacks a character or has another is none', () =>
  fc.assert(
    fc.asyncProperty(lists, fc.string({ unit: 'binary' }), fc.nat(), fc.base64String(), async (...values) => {
      const [list, position, at, other] = values;
      const cursor = await cursorOf(sign, list, position);
      const index = at % cursor.length;
      const changed = `${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`;
      fc.pre(changed !== cursor);
      expect(await positionOf(sign, list, changed)).toBeUndefined();
    }),
  ));

test('a cursor with the position of another one of its list is none', () =>
  fc.assert(
    fc.asyncProperty(lists, fc.string(), fc.string(), async (list, position, other) => {
      fc.pre(position !== other);
      const [[ofPosition], [, signature]] = [
        (await cursorOf(sign, list, position)).split('.'),
        (await cursorOf(sign, list, other)).split('.'),
      ];
      expect(await positionOf(sign, list, `${ofPosition}.${signature}`)).toBeUndefined();
    }),
  ));

test('a cursor that is signed with another key is none', async () => {
  const list = { endpoint: 'e', path: {}, filters: {} };
  expect(await positionOf(sign, list, await cursorOf(signing('another'), list, 'x'))).toBeUndefined();
});

test('the order of filters makes no other list', async () => {
  const list = { endpoint: 'e', path: {} };
  const cursor = await cursorOf(sign, { ...list, filters: { a: '1', b: '2' } }, 'x');
  expect(await positionOf(sign, { ...list, filters: { b: '2', a: '1' } }, cursor)).toBe('x');
});
