/** A play without a response waits for its start event, and no longer. */
import { expect, test } from 'vitest';
import { blockingOperation } from '../../../../shared/calls/media-rules.ts';
import { applyAndSettle } from '../../../../shared/calls/operation-life/apply-event.ts';
import { readDueAt } from '../../../../shared/calls/operation-life/open-operation.ts';
import { isOverdue, reconcile } from '../../../../shared/calls/operation-life/reconcile.ts';
import { startDeadline } from '../../../../shared/calls/operation-life/start-deadline.ts';
import { operations, settlements } from '../../../../shared/operations/index.ts';
import { play } from '../../../../shared/operations/media/play.ts';
import { aCall, anOpenOperation } from '../stories.ts';

const id = '00000000-0000-4000-8000-00000000000b';
const now = '2026-01-01T13:00:00.000Z';
const inAMinute = '2026-01-01T13:01:00.000Z';
const clock = { now, graceEndsAt: now };
const later = '2026-01-01T13:01:00.001Z';
const dueAt = '2026-01-01T14:00:00.000Z';
const aBuffered = (kind: string) => ({ id: 'e', at: now, type: `Microsoft.Communication.${kind}`, data: {} });
const anOpenPlay = (over = {}) => anOpenOperation('play', { dueAt, media: 'playTo', about: ['8:acs:a'], ...over });
const unconfirmed = anOpenPlay({ life: { state: 'unconfirmed', startDueAt: inAMinute } });
const presumed = {
  state: 'presumed',
  until: inAMinute,
  finding: { evidence: 'callEnd', outcome: { status: 'failed', settledBy: 'event', settledAt: now } },
} as const;
const connected = (open = {}) => aCall({ status: 'connected', open });
const here = { state: 'connected', participants: [] } as const;

test('its start event is due within a minute', () => {
  expect(startDeadline(connected(), play.settles, [], now)).toBe(inAMinute);
});

test.each([
  ['its start event is buffered', connected(), [aBuffered('PlayStarted')]],
  ['it may wait behind another', connected({ other: anOpenPlay() }), []],
])('not when %s', (_, call, buffered) => {
  expect(startDeadline(call, play.settles, buffered, now)).toBeUndefined();
});

test('another buffered event and an operation whose outcome is presumed do not change the deadline', () => {
  const over = connected({ other: anOpenPlay({ life: presumed }) });
  expect(startDeadline(over, play.settles, [aBuffered('ParticipantsUpdated')], now)).toBe(inAMinute);
});

test('no other operation has a start event', () => {
  const others = operations.filter(({ name }) => name !== 'play');
  expect(others.filter(({ settles }) => startDeadline(connected(), settles, [], now) !== undefined)).toEqual([]);
});

test('one that does not start is indeterminate, and blocks nothing', () => {
  const call = connected({ [id]: unconfirmed });
  expect([isOverdue(call, inAMinute), isOverdue(call, now)]).toEqual([true, false]);
  expect(reconcile(call, here, settlements, { now: later, graceEndsAt: later }).settled).toMatchObject([
    { operationId: id, outcome: { status: 'indeterminate', settledBy: 'deadline' } },
  ]);
  const use = { action: 'playTo', participants: ['8:acs:a'] } as const;
  expect(blockingOperation(call, use, now)).toMatchObject({ operationId: id });
  expect(blockingOperation(call, use, later)).toBeUndefined();
});

test('one that starts waits for its end', () => {
  const event = { id: 'e', at: now, kind: 'PlayStarted', operationContext: id } as const;
  const { call, settled } = applyAndSettle(connected({ [id]: unconfirmed }), event, settlements, clock);
  expect(settled).toEqual([]);
  expect(call.open[id]).toEqual(anOpenPlay());
  expect(readDueAt(anOpenPlay())).toBe(dueAt);
  expect(reconcile(call, here, settlements, { now: later, graceEndsAt: later }).settled).toEqual([]);
});
