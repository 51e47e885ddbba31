import { expect, test } from 'vitest';
import { changedMetadata, maxKeys, metadataSchema, withLabels } from '../../../shared/calls/labels.ts';

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

test('metadata are texts of 500 characters under at most 20 keys of 40', () => {
  expect(metadataSchema.safeParse(keys(maxKeys)).success).toBe(true);
  const wrong = [
    keys(maxKeys + 1),
    { ['k'.repeat(41)]: '' },
    { k: 'v'.repeat(501) },
    { '': 'v' },
    { k: 1 },
    { k: null },
  ];
  expect(wrong.map((one) => metadataSchema.safeParse(one).success)).toEqual(wrong.map(() => false));
});

test('a change adds, replaces and removes keys, and is refused when too many are left', () => {
  expect(changedMetadata(undefined, { a: '1' })).toEqual({ a: '1' });
  expect(changedMetadata({ a: '1', b: '2' }, { a: null, b: '3', c: '4' })).toEqual({ b: '3', c: '4' });
  expect(changedMetadata(keys(maxKeys), { more: 'v' })).toBeUndefined();
  expect(changedMetadata(keys(maxKeys), { more: 'v', k0: null })).toBeDefined();
});

test('a call has the labels that its request gave, and no others', () => {
  expect(withLabels({}, { context: 'c', metadata: { a: '1' } })).toEqual({ context: 'c', metadata: { a: '1' } });
  expect(withLabels({}, {})).toEqual({});
});
