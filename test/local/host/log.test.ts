import { expect, it } from 'vitest';
import { isShown } from '../../../local/host/log.ts';

const levels = {
  default: 'warning',
  Function: 'information',
  'Function.calls': 'error',
  'Host.Queues': 'none',
} as const;

it.each([
  ['warning', 'Host.Http', true],
  ['information', 'Host.Http', false],
  ['information', 'Function.hello', true],
  ['debug', 'Function.hello.User', false],
  ['warning', 'Function.calls.User', false],
  ['error', 'Function.calls', true],
  ['information', 'Function.callsAgain', true],
  ['critical', 'Host.Queues', false],
] as const)('decides on %s of %s by the longest prefix', (level, category, shown) => {
  expect(isShown(level, category, levels)).toBe(shown);
});

it('shows information when host.json says nothing', () => {
  expect([isShown('information', 'Host.Startup', {}), isShown('debug', 'Host.Startup', {})]).toEqual([true, false]);
});
