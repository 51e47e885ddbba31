/** Custom context of requests: what ACS documents that it takes, and no more. */
import { expect, test } from 'vitest';
import { customCallingContext } from '../../../../local/emulator/http/custom-context.ts';

const named = (count: number, prefix: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'a']));

test.each([
  { sipHeaders: { 'User-To-User': '616d;encoding=hex', ...named(5, 'X-MS-Custom-') } },
  { sipHeaders: { 'X-Tenant': '', 'x-ms-custom-a.b': 'a'.repeat(256) } },
  { sipHeaders: { [`X-MS-Custom-${'a'.repeat(52)}`]: 'a' } },
  { voipHeaders: { ...named(999, 'k'), ['k'.repeat(64)]: 'ü'.repeat(1024) } },
  { sipHeaders: {}, voipHeaders: {} },
])('custom context is taken up to the limits of ACS (%#)', (context) => {
  expect(customCallingContext.parse(context)).toEqual(context);
});

test.each([
  [{ sipHeaders: named(6, 'X-MS-Custom-') }, 'may hold 5 custom headers'],
  [{ sipHeaders: { 'User-To-User': 'a', 'user-to-user': 'b' } }, 'one User-To-User'],
  [{ sipHeaders: { 'X-MS-Custom-a': 'a', 'x-ms-custom-A': 'b' } }, 'each header once'],
  [{ sipHeaders: { Ticket: '42' } }, 'X-MS-Custom-'],
  [{ sipHeaders: { 'X-MS-Custom-a b': '42' } }, 'X-MS-Custom-'],
  [{ sipHeaders: { [`X-MS-Custom-${'a'.repeat(53)}`]: 'a' } }, 'at most 64'],
  [{ sipHeaders: { 'User-To-User': 'ü' } }, 'letters, digits'],
  [{ sipHeaders: { 'X-MS-Custom-a': 'a'.repeat(257) } }, 'at most 256'],
  [{ voipHeaders: named(1001, 'k') }, 'may hold 1000'],
  [{ voipHeaders: { ['k'.repeat(65)]: '' } }, 'at most 64'],
  [{ voipHeaders: { k: 'a'.repeat(1025) } }, 'at most 1024'],
])('custom context beyond a limit of ACS is refused (%#)', (context, message) => {
  const issues = customCallingContext.safeParse(context).error?.issues ?? [];
  expect(issues.map((issue) => issue.message)).toContainEqual(expect.stringContaining(message));
});
