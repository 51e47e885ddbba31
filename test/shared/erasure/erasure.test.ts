/** The steps of an erasure as data: passes, waits, and the receipt. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  afterStep,
  type ErasureRecord,
  isDone,
  isDue,
  newErasure,
  toErasure,
} from '../../../shared/erasure/erasure.ts';

const now = '2026-01-01T00:00:00.000Z';
const pace = { now, steps: 2, settleSeconds: 60 };
const anErasure = (over: Partial<ErasureRecord> = {}): ErasureRecord => ({
  ...newErasure({
    erasureId: randomUUID(),
    createdAt: now,
    requestedBy: { kind: 'api' },
    subject: { participant: '+14255550123' },
    personHash: 'hash',
  }),
  ...over,
});

test('a pass that finds nothing ends the erasure, and the receipt does not name the person', () => {
  const last = afterStep(afterStep(anErasure(), {}, pace), {}, pace);
  expect(last).toMatchObject({ completedAt: now, removed: {} });
  expect(isDone(last)).toBe(true);
  expect(JSON.stringify(last)).not.toContain('14255550123');
  expect(toErasure(last)).toMatchObject({ status: 'completed', personHash: 'hash', kept: [] });
});

test('a pass that finds something is followed by another, after a while', () => {
  const next = afterStep(afterStep(anErasure(), { removed: { events: 2 } }, pace), { found: 1 }, pace);
  expect(next).toMatchObject({ step: 0, found: 0, removed: { events: 2 }, notBefore: '2026-01-01T00:01:00.000Z' });
  expect([isDue(next, now), isDue(next, '2026-01-01T00:01:00.000Z')]).toEqual([false, true]);
  expect(toErasure(next).status).toBe('running');
});

test('a step that waits starts over, and counts anew what it waits for', () => {
  const first = afterStep(anErasure(), { next: 'a', waitingFor: { calls: 1 } }, pace);
  const second = afterStep(first, { next: 'b', waitingFor: {} }, pace);
  expect([first, second]).toMatchObject([{ position: 'a' }, { position: 'b', waitingFor: { calls: 1 } }]);
  const waiting = afterStep(second, { waitingFor: { calls: 1 } }, pace);
  expect(waiting).toMatchObject({ step: 0, waitingFor: { calls: 2 }, notBefore: '2026-01-01T00:01:00.000Z' });
  expect(waiting.position).toBeUndefined();
  expect(toErasure(waiting)).toMatchObject({ status: 'waiting', waitingFor: { calls: 2 } });
  const over = afterStep(waiting, {}, pace);
  expect([over.step, over.waitingFor]).toEqual([1, undefined]);
});

test('a process works alone until its lease ends', () => {
  const held = anErasure({ leaseUntil: '2026-01-01T00:00:30.000Z' });
  expect([isDue(held, now), isDue(held, '2026-01-01T00:00:30.000Z')]).toEqual([false, true]);
  expect(afterStep(held, {}, pace).leaseUntil).toBeUndefined();
});

test('what could not be removed is counted by reason, each folder once, and keeps the erasure open while it may change', () => {
  const kept = [
    { kind: 'recordings', reason: 'legalHold', count: 2, at: 'a/' },
    { kind: 'recordings', reason: 'legalHold', count: 1, at: 'b/' },
  ] as const;
  const twice = afterStep(afterStep(anErasure(), { kept }, pace), { kept: kept.slice(0, 1) }, pace);
  expect(toErasure(twice)).toMatchObject({
    status: 'incomplete',
    kept: [{ kind: 'recordings', reason: 'legalHold', count: 3 }],
  });
  expect(isDone(twice)).toBe(false);
  const own = { kind: 'recordings', reason: 'ownContainer', count: 1, at: '/c' } as const;
  expect(isDone({ ...twice, kept: [own] })).toBe(true);
  expect(toErasure({ ...twice, callId: randomUUID() }).callId).toBeDefined();
});
