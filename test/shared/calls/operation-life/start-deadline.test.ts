/** A play of which ACS's answer was lost is waited for until its beginning is due, and no longer. */
import { expect, test } from 'vitest';
import { blockingOperation } from '../../../../shared/calls/media-rules.ts';
import { isOverdue, reconcile } from '../../../../shared/calls/operation-life/reconcile.ts';
import { applyAndSettle } from '../../../../shared/calls/operation-life/settlement.ts';
import { readDueAt, startDeadline } from '../../../../shared/calls/operation-life/start-deadline.ts';
import { operations, settlements } from '../../../../shared/operations/index.ts';
import { play } from '../../../../shared/operations/media/play.ts';
import { aCall, anOpenOperation } from '../stories.ts';

const id = '00000000-0000-4000-8000-00000000000b';
const now = '2026-01-01T13:00:00.000Z';
const inAMinute = '2026-01-01T13:01:00.000Z';
const later = '2026-01-01T13:01:00.001Z';
const dueAt = '2026-01-01T14:00:00.000Z';
const aHeld = (kind: string) => ({ id: 'e', at: now, type: `Microsoft.Communication.${kind}`, data: {} });
const anOpenPlay = (over = {}) => anOpenOperation('play', { dueAt, media: 'playTo', about: ['8:acs:a'], ...over });
const unheard = anOpenPlay({ unconfirmed: true, startDueAt: inAMinute });
const connected = (open = {}) => aCall({ status: 'connected', open });
const here = { state: 'connected', participants: [] } as const;

test('it must begin within a minute', () => {
  expect(startDeadline(connected(), play.settles, [], now)).toBe(inAMinute);
});

test.each([
  ['it has begun already', connected(), [aHeld('PlayStarted')]],
  ['it may wait behind another', connected({ other: anOpenPlay() }), []],
])('not when %s', (_, call, held) => {
  expect(startDeadline(call, play.settles, held, now)).toBeUndefined();
});

test('what else was heard of it, and what the end of the call settled, says nothing of its beginning', () => {
  const over = connected({ other: anOpenPlay({ presumed: 'failed' }) });
  expect(startDeadline(over, play.settles, [aHeld('ParticipantsUpdated')], now)).toBe(inAMinute);
});

test('of no other operation the beginning is told', () => {
  const others = operations.filter(({ name }) => name !== 'play');
  expect(others.filter(({ settles }) => startDeadline(connected(), settles, [], now) !== undefined)).toEqual([]);
});

test('one that does not begin is indeterminate, and in nobody’s way', () => {
  const call = connected({ [id]: unheard });
  expect([isOverdue(call, inAMinute), isOverdue(call, now)]).toEqual([true, false]);
  expect(reconcile(call, here, settlements, later).settled).toMatchObject([
    { operationId: id, outcome: { status: 'indeterminate', settledBy: 'deadline' } },
  ]);
  const use = { kind: 'play', participants: ['8:acs:a'] } as const;
  expect(blockingOperation(call, use, now)).toMatchObject({ operationId: id });
  expect(blockingOperation(call, use, later)).toBeUndefined();
});

test('one that begins is waited for to its end', () => {
  const event = { id: 'e', at: now, kind: 'PlayStarted', operationContext: id } as const;
  const { call, settled } = applyAndSettle(connected({ [id]: unheard }), event, settlements, now);
  expect(settled).toEqual([]);
  expect(call.open[id]).toEqual(anOpenPlay());
  expect(readDueAt(anOpenPlay())).toBe(dueAt);
  expect(reconcile(call, here, settlements, later).settled).toEqual([]);
});
