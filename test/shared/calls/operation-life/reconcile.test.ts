import { expect, test } from 'vitest';
import { endingOf } from '../../../../shared/calls/ending.ts';
import { isOverdue, type Reading, reconcile } from '../../../../shared/calls/operation-life/reconcile.ts';
import { settlements } from '../../../../shared/operations/index.ts';
import { aCall, anOpenOperation } from '../stories.ts';

const id = '00000000-0000-4000-8000-00000000000b';
const now = '2026-01-01T13:00:00.000Z';
const clock = { now, graceEndsAt: now };
const unconfirmed = { life: { state: 'unconfirmed' } } as const;
const presumed = {
  state: 'presumed',
  until: '2026-01-01T13:00:01.000Z',
  finding: { evidence: 'callEnd', outcome: { status: 'failed', settledBy: 'event', settledAt: now } },
} as const;
const past = { dueAt: '2026-01-01T12:59:59.000Z' };
const alice = { participant: '8:acs:a', isMuted: true, isOnHold: false };
const withAlice: Reading = { state: 'connected', participants: [alice] };
const empty: Reading = { state: 'connected', participants: [] };
const about = ['8:acs:a'];

test.each([
  ['createCall', {}, empty, 'succeeded', 'read'],
  ['addParticipant', { about }, withAlice, 'succeeded', 'read'],
  ['addParticipant', { about }, empty, 'timedOut', 'deadline'],
  ['removeParticipant', { about }, empty, 'succeeded', 'read'],
  ['removeParticipant', { about }, withAlice, 'timedOut', 'deadline'],
  ['muteParticipant', { about }, withAlice, 'succeeded', 'read'],
  ['transferCall', {}, withAlice, 'timedOut', 'deadline'],
  ['transferCall', unconfirmed, withAlice, 'indeterminate', 'deadline'],
  ['addParticipant', {}, { state: 'other' }, 'timedOut', 'deadline'],
  ['hangUp', {}, { state: 'gone' }, 'succeeded', 'read'],
  ['hangUp', {}, withAlice, 'timedOut', 'deadline'],
  ['transferCall', {}, { state: 'gone' }, 'failed', 'read'],
  ['createCall', unconfirmed, { state: 'gone' }, 'succeeded', 'read'],
  ['createCall', unconfirmed, { state: 'unknown' }, 'indeterminate', 'deadline'],
  ['createCall', {}, { state: 'gone' }, 'succeeded', 'read'],
] as const)('an overdue %s (%o) with the call read as %o is %s by %s', (name, over, reading, status, settledBy) => {
  const call = aCall({
    status: 'connected',
    connectedAt: '2026-01-01T12:00:01.000Z',
    open: { [id]: anOpenOperation(name, { ...past, ...over }) },
  });
  const { settled } = reconcile(call, reading, settlements, clock);
  expect(settled).toMatchObject([{ operationId: id, outcome: { status, settledBy } }]);
});

test('a read updates the call itself, whichever event was lost', () => {
  expect(reconcile(aCall(), withAlice, settlements, clock).call).toMatchObject({
    status: 'connected',
    connectedAt: now,
    participants: [alice],
  });
  expect(reconcile(aCall(), { state: 'gone' }, settlements, clock).call).toMatchObject({
    status: 'disconnected',
    endedAt: now,
  });
  const connected = aCall({ status: 'connected' });
  expect(reconcile(connected, { state: 'gone' }, settlements, clock).call).toMatchObject({ status: 'disconnected' });
});

test('a call that ACS does not know any more ends with what ACS said, unless the app ended it', () => {
  const refusal = { acsCode: 404, acsSubCode: 8522, acsMessage: 'Call not found' };
  const { call } = reconcile(aCall({ status: 'connected' }), { state: 'gone', refusal }, settlements, clock);
  expect(call.end).toEqual(refusal);
  expect(endingOf(call)).toEqual({ reason: 'notFound', endedBy: 'unknown' });
  expect(endingOf({ ...call, appReason: 'hungUp' })).toEqual({ reason: 'hungUp', endedBy: 'app' });
});

test('an operation that is not overdue is left open', () => {
  const call = aCall({
    status: 'connected',
    open: { [id]: anOpenOperation('transferCall', { dueAt: '2026-01-01T13:00:01.000Z' }) },
  });
  expect(isOverdue(call, now)).toBe(false);
  expect(reconcile(call, withAlice, settlements, clock).settled).toEqual([]);
});

test('an operation whose outcome is presumed is not settled by a read', () => {
  const call = aCall({
    status: 'disconnected',
    open: { [id]: anOpenOperation('transferCall', { ...past, life: presumed }) },
  });
  expect(isOverdue(call, now)).toBe(false);
  expect(reconcile(call, { state: 'gone' }, settlements, clock).settled).toEqual([]);
});
