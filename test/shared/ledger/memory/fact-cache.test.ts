import { expect, test } from 'vitest';
import { openFactCache } from '../../../../shared/ledger/memory/fact-cache.ts';

test('a fact is cached as it first was, and removed after ten thousand others', () => {
  const cache = openFactCache();
  cache.add('name', undefined);
  expect(cache.get('name')).toBeUndefined();
  cache.add('name', 'first');
  cache.add('name', 'second');
  expect(cache.get('name')).toBe('first');
  for (let index = 0; index < 10_000; index += 1) {
    cache.add(`other-${index}`, 'x');
  }
  expect(cache.get('name')).toBeUndefined();
  expect(cache.get('other-0')).toBe('x');
});
