/** Headers of incoming calls: one identity for each spelling of ACS, and a bound on what is kept of them. */
import { expect, test } from 'vitest';
import { headerId, keptHeaders } from '../../../shared/calls/custom-context.ts';

test.each([
  ['User-To-User', 'userToUser', 'user-to-user', 'USERTOUSER'],
  ['Tier', 'X-MS-Custom-Tier', 'x-ms-custom-tier', 'x-ms-tier', 'TIER'],
  ['X-Region', 'x-region'],
])('%s is the same header under each of its spellings', (...names) => {
  expect(new Set(names.map(headerId)).size).toBe(1);
});

test('headers that differ in more than that are different', () => {
  const names = ['User-To-Users', 'Tier', 'X-Tier', 'custom-tier', 'X-MS-Custom-X-Tier', ''];
  expect(new Set(names.map(headerId)).size).toBe(names.length - 1);
  expect(headerId('X-MS-Custom-X-Tier')).toBe(headerId('X-Tier'));
});

test('of more headers than a row should hold the first are kept, SIP headers before the others', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 'x'.repeat(1024)]));
  const kept = keptHeaders({ sipHeaders: { userToUser: 'a' }, voipHeaders: many });
  expect(kept.sipHeaders).toEqual({ userToUser: 'a' });
  const names = Object.keys(kept.voipHeaders);
  expect(names).toEqual(Object.keys(many).slice(0, names.length));
  expect(JSON.stringify(kept).length).toBeGreaterThan(90_000);
  expect(JSON.stringify(kept).length).toBeLessThan(110_000);
});
