import { expect, test } from 'vitest';
import { callIdOf, incomingCall, sequenceEnded } from '../../../shared/webhooks/cloud-event.ts';

const ended = { sequenceId: '11111111-2222-4333-8444-555555555555', status: 'succeeded' as const };

test('an event is about its call; a sequence without one is about itself', () => {
  const callId = '7d1f0a52-0c3e-4c55-9a53-3c2a6c1a0b11';
  const now = '2026-01-01T00:00:00.000Z';
  expect(callIdOf(sequenceEnded({ ...ended, callId }, now))).toBe(callId);
  const own = sequenceEnded(ended, now);
  expect(own.source).toBe(`/sequences/${ended.sequenceId}`);
  expect(callIdOf(own)).toBeUndefined();
});

const ringing = {
  incomingCallId: '7d1f0a52-0c3e-4c55-9a53-3c2a6c1a0b11',
  from: '4:anonymous',
  to: '+14255550100',
  status: 'ringing' as const,
  receivedAt: '2026-01-01T00:00:00.000Z',
};

test('a ringing call is notified with the headers that came with it, unless they are too large for a delivery', () => {
  const header = (value: string) => [{ kind: 'voip' as const, key: 'a', value }];
  expect(incomingCall({ ...ringing, customContext: header('b') }).data).toEqual({
    ...ringing,
    customContext: header('b'),
  });
  expect(incomingCall({ ...ringing, customContext: header('b'.repeat(20_000)) }).data).toEqual(ringing);
  expect(incomingCall(ringing).data).toEqual(ringing);
});
