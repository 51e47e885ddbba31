import { expect, test } from 'vitest';
import { openFactCache } from '../../../../shared/ledger/memory/fact-cache.ts';

test('a fact is remembered as it first was, and forgotten when ten thousand others came', () => {
  const remembered = openFactCache();
  remembered.add('name', undefined);
  expect(remembered.get('name')).toBeUndefined();
  remembered.add('name', 'first');
  remembered.add('name', 'second');
  expect(remembered.get('name')).toBe('first');
  for (let index = 0; index < 10_000; index += 1) {
    remembered.add(`other-${index}`, 'x');
  }
  expect(remembered.get('name')).toBeUndefined();
  expect(remembered.get('other-0')).toBe('x');
});
