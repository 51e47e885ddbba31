import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallRecord, toCall } from '../../../shared/calls/call.ts';
import { reconcile } from '../../../shared/calls/operation-life/reconcile.ts';
import { isParticipantId, participantIdOf } from '../../../shared/calls/participant-id.ts';
import { participantOf, type RosterEntry } from '../../../shared/calls/roster.ts';
import { listStamp, maxRoster, withInvited, withListed, withOutcome } from '../../../shared/calls/roster-changes.ts';
import type { Invited } from '../../../shared/calls/roster-facts.ts';
import { applyEvent } from '../../../shared/calls/transitions.ts';
import { settlements } from '../../../shared/operations/index.ts';
import { aCall, anEvent, clock } from './stories.ts';

const alice = '8:acs:alice';
const bob = '+14255550123';

const listed = (...participants: string[]) =>
  participants.map((participant) => ({ participant, isMuted: false, isOnHold: false }));

function rosterOf(call: CallRecord): readonly RosterEntry[] {
  return toCall(call)?.roster ?? [];
}

test('a participant id is the same in every answer about a call, another one in another call, and no participant', () => {
  const [call, other] = [aCall({ salt: randomUUID() }), aCall({ salt: randomUUID() })];
  const id = participantIdOf(call, bob);
  expect(isParticipantId(id)).toBe(true);
  expect(participantIdOf(call, bob)).toBe(id);
  expect(participantIdOf(other, bob)).not.toBe(id);
  expect(isParticipantId(bob)).toBe(false);
});

test('a participant id leads to who is in the roster or in the list, and to no one else', () => {
  const call = aCall({ roster: { [bob]: { role: 'target' } }, participants: listed(alice) });
  expect(participantOf(call, participantIdOf(call, bob))).toBe(bob);
  expect(participantOf(call, participantIdOf(call, alice))).toBe(alice);
  expect(participantOf(call, participantIdOf(call, '+14255550199'))).toBeUndefined();
});

test('a roster keeps those for whom the call was made, and no more than its limit of others, in whatever order they join', () => {
  const target = { [bob]: { role: 'target' } } as const;
  const people = Array.from({ length: maxRoster + 50 }, (_, index) => `8:acs:${String(index).padStart(4, '0')}`);
  const joined = (order: readonly string[]) =>
    order.reduce(
      (call, one) => withListed(call, [one], listStamp(1, '2026-01-01T12:00:00.000Z')),
      aCall({ roster: target }),
    );
  const kept = Object.keys(joined(people).roster).sort();
  expect(kept).toHaveLength(maxRoster);
  expect(kept).toContain(bob);
  expect(Object.keys(joined(people.toReversed()).roster).sort()).toEqual(kept);
});

/** Lists of changing people: the index of each is its sequence number. */
const histories = fc.array(fc.subarray([alice, bob, '8:acs:carol', '8:acs:dave']), { minLength: 1, maxLength: 12 });

test('the roster says of everyone in any list when they joined, and when they left, in whatever order the lists arrive', () => {
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.nat()), (history, keys) => {
      const events = history.map((participants, sequenceNumber) =>
        anEvent('ParticipantsUpdated', { sequenceNumber, participants: listed(...participants) }),
      );
      const shuffled = events.map((event) => ({ event, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
      const roster = rosterOf(shuffled.map(({ event }) => event).reduce(applyEvent, aCall()));
      const at = (index: number) => events[index]?.at;
      const everyone = [...new Set(history.flat())].sort();
      expect(roster.map(({ participant }) => participant).sort()).toEqual(everyone);
      for (const { participant, status, joinedAt, leftAt } of roster) {
        const first = history.findIndex((list) => list.includes(participant));
        const last = history.findLastIndex((list) => list.includes(participant));
        const isIn = last === history.length - 1;
        expect({ status, joinedAt, leftAt }).toEqual({
          status: isIn ? 'connected' : 'left',
          joinedAt: at(first),
          leftAt: isIn ? undefined : at(last + 1),
        });
      }
    }),
  );
});

test('entries are in the order of their roles, then of the times at which they appeared', () => {
  const at = (seconds: number) => new Date(Date.parse('2026-01-01T12:00:00.000Z') + seconds * 1000).toISOString();
  const call = aCall({
    roster: {
      d: { role: 'joined', joinedAt: at(1) },
      c: { role: 'added', invitation: { operationId: '2', at: at(3) } },
      b: { role: 'added', invitation: { operationId: '1', at: at(2) } },
      a: { role: 'caller', displayName: 'Alice' },
      z: { role: 'joined', joinedAt: at(1) },
    },
  });
  expect(rosterOf(call).map(({ participant }) => participant)).toEqual(['a', 'b', 'c', 'd', 'z']);
  expect(rosterOf(call)[0]).toMatchObject({ displayName: 'Alice', status: 'invited' });
});

test('someone who left is invited again by a later invitation only, not by one of that very moment', () => {
  const [before, left, after] = ['2026-01-01T12:00:01.000Z', '2026-01-01T12:00:02.000Z', '2026-01-01T12:00:03.000Z'];
  const statusWith = (at: string) =>
    rosterOf(
      aCall({ roster: { [bob]: { role: 'added', removedAt: left, invitation: { operationId: '2', at } } } }),
    ).map(({ status }) => status);
  expect([before, left, after].map(statusWith)).toEqual([['left'], ['left'], ['invited']]);
});

test('someone who is asked twice has the later invitation and the stronger role, in either order', () => {
  const [first, late] = ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:05.000Z'];
  const asked: [Invited, { operationId: string; at: string }][] = [
    [
      { role: 'moved', participants: [bob] },
      { operationId: '1', at: late },
    ],
    [
      { role: 'transferred', participants: [bob], transferee: alice },
      { operationId: '2', at: first },
    ],
  ];
  for (const order of [asked, asked.toReversed()]) {
    const call = order.reduce((before, [invited, invitation]) => withInvited(before, invited, invitation), aCall());
    expect(call.roster[bob]).toEqual({
      role: 'transferred',
      transferee: alice,
      invitation: { operationId: '1', at: late },
    });
  }
});

test('someone who is missing in a list, and then reported by an event, is in the call until a later list', () => {
  const list = (sequenceNumber: number, ...participants: string[]) =>
    anEvent('ParticipantsUpdated', { sequenceNumber, participants: listed(...participants) });
  const events = [
    list(1),
    anEvent('AddParticipantSucceeded', { participant: bob }),
    anEvent('AddParticipantSucceeded', {}),
    anEvent('RemoveParticipantSucceeded', {}),
    list(2, alice),
  ];
  const statusOf = (some: typeof events) =>
    rosterOf(some.reduce(applyEvent, aCall())).find(({ participant }) => participant === bob)?.status;
  expect(statusOf(events.slice(0, 4))).toBe('connected');
  expect(statusOf(events)).toBe('left');
  expect(statusOf(events.toReversed())).toBe('left');
});

test('a read at ACS is a list of the time at which it was made, before any event and after it', () => {
  const reading = { state: 'connected', participants: listed(alice) } as const;
  const before = reconcile(aCall({ callConnectionId: 'cc' }), reading, settlements, clock).call;
  expect(rosterOf(before)).toMatchObject([{ participant: alice, status: 'connected', joinedAt: clock.now }]);
  const at = '2026-01-01T12:00:30.000Z';
  const event = anEvent('ParticipantsUpdated', { at, sequenceNumber: 3, participants: listed(bob) });
  const after = reconcile(applyEvent(aCall(), event), reading, settlements, clock).call;
  expect(rosterOf(after)).toMatchObject([
    { participant: bob, status: 'left', joinedAt: at, leftAt: clock.now },
    { participant: alice, status: 'connected', joinedAt: clock.now },
  ]);
});

test('an operation that failed without an error leaves those whom it asked failed for a reason that is unknown', () => {
  const asked = withInvited(aCall(), { role: 'added', participants: [bob] }, { operationId: 'add', at: clock.now });
  const failed = withOutcome(asked, 'add', { status: 'failed', settledBy: 'event', settledAt: clock.now });
  expect(rosterOf(failed)).toMatchObject([{ status: 'failed', reason: 'unknown' }]);
  const lost = withOutcome(asked, 'add', { status: 'indeterminate', settledBy: 'deadline', settledAt: clock.now });
  expect(rosterOf(lost)).toMatchObject([{ status: 'invited' }]);
});

test.each([
  ['10', '10'],
  ['40', '30'],
])('who is not in a list of second %s left at second %s of a call that ended at second 30', (missing, left) => {
  const at = (second: string) => `2026-01-01T12:00:${second}.000Z`;
  const [joinedAt, endedAt] = [at('02'), at('30')];
  const facts = { role: 'target', joinedAt, listed: `1/${joinedAt}`, missing: `2/${at(missing)}` } as const;
  const [entry] = rosterOf(aCall({ status: 'disconnected', endedAt, roster: { [bob]: facts } }));
  expect(entry).toMatchObject({ status: 'left', leftAt: at(left) });
});
