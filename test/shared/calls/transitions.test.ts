import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallRecord, toCall } from '../../../shared/calls/call.ts';
import type { CallEvent } from '../../../shared/calls/event.ts';
import { type Settled, settlePresumed, unadvanced } from '../../../shared/calls/operation-life/advance.ts';
import { applyAndSettle } from '../../../shared/calls/operation-life/apply-event.ts';
import { applyEvent, transitions } from '../../../shared/calls/transitions.ts';
import { settlements } from '../../../shared/operations/index.ts';
import { aCall, afterGrace, anEvent, graceClock, now, stories } from './stories.ts';

test('every event kind of the installed SDK has a transition, and no other has one', () => {
  const parser = new URL(import.meta.resolve('@azure/communication-call-automation'));
  const source = readFileSync(new URL('callAutomationEventParser.js', parser), 'utf8');
  const known = [...source.matchAll(/case "Microsoft\.Communication\.(\w+)"/g)].map((match) => match[1]);
  expect(known.length).toBeGreaterThanOrEqual(38);
  expect(Object.keys(transitions).sort()).toEqual(known.sort());
});

/** What a reader, a subscriber and a sequence can see after events: the call, and each settlement in the order of publication. */
function seenAfter(call: CallRecord, events: readonly CallEvent[]) {
  const seen = new Set<string>();
  const settled: Settled[] = [];
  let current = call;
  for (const event of events.filter(({ id }) => !seen.has(id) && seen.add(id))) {
    const applied = applyAndSettle(current, event, settlements, graceClock);
    current = applied.call;
    settled.push(...applied.settled);
  }
  const last = settlePresumed(unadvanced(current), settlements, afterGrace);
  const all = [...settled, ...last.settled].map(({ outcome: { settledAt: _, ...outcome }, ...one }) => ({
    ...one,
    outcome,
  }));
  return {
    call: toCall(last.call),
    open: last.call.open,
    settled: all.sort((a, b) => (a.operationId < b.operationId ? -1 : 1)),
  };
}

test.each(Object.entries(stories))('%s ends alike in any order and with any event twice', (_, { events, ...made }) => {
  const { open } = made;
  const expected = seenAfter(aCall(made), events);
  expect(expected.open).toEqual({});
  expect(expected.settled.map(({ operationId }) => operationId)).toEqual(Object.keys(open).sort());
  const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
  fc.assert(
    fc.property(anyOrder, (shuffled) => {
      expect(seenAfter(aCall(made), shuffled)).toEqual(expected);
    }),
  );
});

test('a call that ends before it connected stays ended and keeps both times', () => {
  const connected = anEvent('CallConnected');
  const disconnected = anEvent('CallDisconnected');
  const call = applyEvent(applyEvent(aCall(), disconnected), connected);
  expect(call).toMatchObject({ status: 'disconnected', connectedAt: connected.at, endedAt: disconnected.at });
});

test('a participant list of a lower sequence number that arrives late is ignored', () => {
  const later = anEvent('ParticipantsUpdated', { sequenceNumber: 7, participants: [] });
  const earlier = anEvent('ParticipantsUpdated', {
    sequenceNumber: 6,
    participants: [{ participant: '8:acs:a', isMuted: false, isOnHold: false }],
  });
  expect(applyEvent(applyEvent(aCall(), later), earlier).participants).toEqual([]);
});

test('an event of a call that only rings means that ACS accepted the answer', () => {
  const incoming = {
    from: '+14255550123',
    to: '+14255550100',
    context: 'c',
    status: 'ringing',
    receivedAt: now,
  } as const;
  const call = applyEvent(aCall({ status: 'ringing', direction: 'inbound', incoming }), anEvent('ParticipantsUpdated'));
  expect(call).toMatchObject({ status: 'connecting', incoming: { status: 'answered' } });
});

test('a recording event does not give the call its internal connection id', () => {
  const call = applyEvent(aCall(), anEvent('RecordingStateChanged', { callConnectionId: 'internal' }));
  expect(call.callConnectionId).toBeUndefined();
});
