import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallRecord, toCall } from '../../../shared/calls/call.ts';
import type { CallEvent } from '../../../shared/calls/event.ts';
import { applyAndSettle } from '../../../shared/calls/operation-life/settlement.ts';
import { applyEvent, transitions } from '../../../shared/calls/transitions.ts';
import { settlements } from '../../../shared/operations/index.ts';
import { aCall, anEvent, now, stories } from './stories.ts';

test('every event kind of the installed SDK has a transition, and no other has one', () => {
  const parser = new URL(import.meta.resolve('@azure/communication-call-automation'));
  const source = readFileSync(new URL('callAutomationEventParser.js', parser), 'utf8');
  const known = [...source.matchAll(/case "Microsoft\.Communication\.(\w+)"/g)].map((match) => match[1]);
  expect(known.length).toBeGreaterThanOrEqual(38);
  expect(Object.keys(transitions).sort()).toEqual(known.sort());
});

/** The call and its operations after events: what a reader of the API could see. */
function told(call: CallRecord, events: readonly CallEvent[]) {
  const seen = new Set<string>();
  const outcomes: Record<string, string> = {};
  let current = call;
  for (const event of events.filter(({ id }) => !seen.has(id) && seen.add(id))) {
    const taken = applyAndSettle(current, event, settlements, now);
    current = taken.call;
    for (const { operationId, outcome } of taken.settled) {
      outcomes[operationId] = `${outcome.status} ${outcome.error?.acsSubCode ?? ''}`;
    }
  }
  return { call: toCall(current), outcomes };
}

test.each(Object.entries(stories))('%s ends alike in any order and with any event twice', (_, { open, events }) => {
  const expected = told(aCall({ open }), events);
  const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
  fc.assert(
    fc.property(anyOrder, (shuffled) => {
      expect(told(aCall({ open }), shuffled)).toEqual(expected);
    }),
  );
});

test('a call that ends before it connected stays ended and keeps both times', () => {
  const connected = anEvent('CallConnected');
  const disconnected = anEvent('CallDisconnected');
  const call = applyEvent(applyEvent(aCall(), disconnected), connected);
  expect(call).toMatchObject({ status: 'disconnected', connectedAt: connected.at, endedAt: disconnected.at });
});

test('a participant list of a lower sequence number that comes late is not taken', () => {
  const later = anEvent('ParticipantsUpdated', { sequenceNumber: 7, participants: [] });
  const earlier = anEvent('ParticipantsUpdated', {
    sequenceNumber: 6,
    participants: [{ participant: '8:acs:a', isMuted: false, isOnHold: false }],
  });
  expect(applyEvent(applyEvent(aCall(), later), earlier).participants).toEqual([]);
});

test('an event of a call that only rings means that our answer was taken', () => {
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
