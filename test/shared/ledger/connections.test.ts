import { expect, test } from 'vitest';
import { openConnections } from '../../../shared/ledger/connections.ts';

test('a connection is remembered as it first was, and forgotten when ten thousand others came', () => {
  const connections = openConnections();
  connections.remember('call', undefined);
  expect(connections.get('call')).toBeUndefined();
  connections.remember('call', 'first');
  connections.remember('call', 'second');
  expect(connections.get('call')).toBe('first');
  for (let index = 0; index < 10_000; index += 1) {
    connections.remember(`other-${index}`, 'x');
  }
  expect(connections.get('call')).toBeUndefined();
  expect(connections.get('other-0')).toBe('x');
});
