import { expect, test } from 'vitest';
import { toCall, toIncomingCall, withIncomingStatus } from '../../../shared/calls/call.ts';
import { aCall, now } from './stories.ts';

const incoming = {
  from: '+14255550123',
  to: '+14255550100',
  context: 'c',
  status: 'ringing',
  receivedAt: now,
} as const;
const ringing = aCall({ status: 'ringing', direction: 'inbound', incoming });

test('members for the ledger alone are not shown', () => {
  const shown = JSON.stringify([toCall(aCall({ endOrder: 'secret' })), toIncomingCall(ringing, now, 30)]);
  for (const name of ['open', 'early', 'context', 'Order']) {
    expect(shown).not.toContain(name);
  }
});

test('a ringing call is no call, and one that never rang is no incoming call', () => {
  expect(toCall(ringing)).toBeUndefined();
  expect(toIncomingCall(aCall(), now, 30)).toBeUndefined();
});

test.each([
  [30_000, 'ringing'],
  [30_001, 'stale'],
])('a call that has rung for %i ms is %s', (age, status) => {
  const later = new Date(Date.parse(now) + age).toISOString();
  expect(toIncomingCall(ringing, later, 30)?.status).toBe(status);
});

test('only what rang can be answered, rejected or redirected', () => {
  expect(withIncomingStatus(ringing, 'rejected').incoming?.status).toBe('rejected');
  const call = aCall();
  expect(withIncomingStatus(call, 'rejected')).toBe(call);
});
