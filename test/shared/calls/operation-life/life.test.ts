import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Evidence,
  evidenceRanks,
  type Finding,
  type Input,
  type Life,
  type LifeInput,
  type LifeState,
  lifeInputs,
  lifeStates,
  lifeTransitions,
  nextLife,
} from '../../../../shared/calls/operation-life/life.ts';
import type { Settlement } from '../../../../shared/calls/operation-life/settlement.ts';
import { settlements } from '../../../../shared/operations/index.ts';
import { afterGrace, graceClock, now } from '../stories.ts';

const states = Object.keys(lifeStates) as LifeState[];
const inputs = Object.keys(lifeInputs) as LifeInput[];
const byEvent = settlements.get('addParticipant') as Settlement;

/** A finding by which the tests recognize its evidence. */
const found = (evidence: Evidence): Finding => ({
  evidence,
  outcome: {
    status: 'failed',
    settledBy: 'event',
    settledAt: now,
    error: { code: evidence, message: '', source: 'app' },
  },
});

/** Every input that is evidence for an outcome of an operation with an event of its own, except its deadline. */
const findings = (['event', 'participants', 'read', 'callEnd'] as const).map(
  (evidence): Input => ({ kind: evidence, finding: found(evidence) }),
);

/** Where a life ends after inputs, and then its deadline. */
function endAfter(start: Life, all: readonly Input[]): Life {
  const last = all.reduce((life, input) => nextLife(life, input, byEvent, graceClock), start);
  return nextLife(last, { kind: 'deadline', finding: found('deadline') }, byEvent, afterGrace);
}

test('what settled never changes, whatever the input', () => {
  const settled: Life = { state: 'settled', outcome: found('event').outcome };
  for (const kind of inputs) {
    expect(nextLife(settled, { kind, finding: found('event') }, byEvent, graceClock)).toBe(settled);
  }
});

test('the table leads from every state by every input to states of the table only', () => {
  const targets = states.flatMap((state) => inputs.flatMap((input) => Object.values(lifeTransitions[state][input])));
  expect([...new Set(targets)].sort()).toEqual([...states].sort());
});

test('the strongest evidence settles an operation, in whatever order and how often the inputs arrive', () => {
  const some = fc.subarray(findings, { minLength: 1 });
  const shuffled = some.chain((all) => fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }));
  fc.assert(
    fc.property(shuffled, fc.constantFrom<Life>({ state: 'sent' }, { state: 'unconfirmed' }), (all, start) => {
      const ranks = all.map(({ finding }) => evidenceRanks[finding?.evidence ?? 'deadline']);
      const end = endAfter(start, all);
      const code = end.state === 'settled' ? end.outcome.error?.code : end.state;
      expect(evidenceRanks[code as Evidence]).toBe(Math.max(...ranks));
    }),
  );
});

test('the deadline settles an operation without evidence', () => {
  expect(endAfter({ state: 'sent' }, [{ kind: 'event' }])).toMatchObject({
    state: 'settled',
    outcome: { error: { code: 'deadline' } },
  });
});

test('an input without an outcome leads on, or changes nothing', () => {
  const next = (life: Life, input: Input) => nextLife(life, input, byEvent, graceClock);
  const startDueAt = afterGrace.now;
  const accepted: Life = { state: 'accepted' };
  const unconfirmed = next(accepted, { kind: 'silence', startDueAt });
  expect(unconfirmed).toEqual({ state: 'unconfirmed', startDueAt });
  expect(next(accepted, { kind: 'silence' })).toEqual({ state: 'unconfirmed' });
  expect(next(unconfirmed, { kind: 'silence' })).toBe(unconfirmed);
  expect(next(unconfirmed, { kind: 'event' })).toEqual({ state: 'sent' });
  expect(next(accepted, { kind: 'response' })).toEqual({ state: 'sent' });
  for (const kind of ['event', 'participants', 'callEnd', 'read', 'deadline'] as const) {
    expect(next(accepted, { kind, finding: found('event') })).toBe(accepted);
  }
});

test('a presumed outcome keeps the end of its first grace period', () => {
  const first = nextLife({ state: 'sent' }, { kind: 'callEnd', finding: found('callEnd') }, byEvent, graceClock);
  const later = { now: graceClock.now, graceEndsAt: afterGrace.graceEndsAt };
  const second = nextLife(first, { kind: 'read', finding: found('read') }, byEvent, later);
  expect(second).toMatchObject({ state: 'presumed', until: graceClock.graceEndsAt, finding: { evidence: 'read' } });
  expect(nextLife(second, { kind: 'callEnd', finding: found('callEnd') }, byEvent, afterGrace)).toMatchObject({
    state: 'settled',
    outcome: { settledAt: afterGrace.now, error: { code: 'read' } },
  });
});

test.each([
  ['hangUp', 'callEnd', 'settled'],
  ['muteParticipant', 'participants', 'settled'],
  ['muteParticipant', 'callEnd', 'presumed'],
  ['hold', 'participants', 'presumed'],
  ['addParticipant', 'read', 'presumed'],
  ['cancelAllMediaOperations', 'callEnd', 'presumed'],
  ['of another version', 'callEnd', 'presumed'],
] as const)('%s is by %s %s: no evidence is waited for that cannot follow', (name, evidence, state) => {
  const input = { kind: evidence, finding: found(evidence) };
  expect(nextLife({ state: 'sent' }, input, settlements.get(name), graceClock).state).toBe(state);
});
