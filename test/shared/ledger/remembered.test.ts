import { expect, test } from 'vitest';
import { openRemembered } from '../../../shared/ledger/remembered.ts';

test('a fact is remembered as it first was, and forgotten when ten thousand others came', () => {
  const remembered = openRemembered();
  remembered.remember('name', undefined);
  expect(remembered.get('name')).toBeUndefined();
  remembered.remember('name', 'first');
  remembered.remember('name', 'second');
  expect(remembered.get('name')).toBe('first');
  for (let index = 0; index < 10_000; index += 1) {
    remembered.remember(`other-${index}`, 'x');
  }
  expect(remembered.get('name')).toBeUndefined();
  expect(remembered.get('other-0')).toBe('x');
});
