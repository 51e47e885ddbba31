import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, changeSlots, noSlots, type SlotState } from '../../../shared/limits/slots.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const anyLimit = fc.option(fc.integer({ min: 0, max: 4 }));
const anyLimits = fc.record({
  maxOpenCalls: anyLimit,
  maxOpenCallsPerCallerId: anyLimit,
  maxCallsPerSecond: anyLimit,
});
const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record({
    operationId: fc.integer({ min: 0, max: 30 }).map(String),
    isCall: fc.boolean(),
    dials: fc.boolean(),
    caller: fc.constantFrom('one', 'two', undefined),
    until: fc.option(fc.integer({ min: 0, max: 30 }).map(at), { nil: undefined }),
  })
  .map(({ caller, until, ...one }) => ({ ...one, ...(caller && { caller }), ...(until && { until }) }));
const anyChange = fc.record({
  entering: fc.array(anyCandidate, { maxLength: 6 }),
  leaving: fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 3 }),
  seconds: fc.integer({ min: 0, max: 2 }),
});

const heldBy = ({ held }: SlotState, caller: string) =>
  Object.values(held).filter((slot) => slot.caller === caller).length;

test('whatever is requested in whatever order, no limit is ever exceeded, and who is admitted was not admitted before', () => {
  fc.assert(
    fc.property(anyLimits, fc.array(anyChange, { maxLength: 30 }), (limits, changes) => {
      let [state, second] = [noSlots, 0];
      const dialsBySecond = new Map<number, number>();
      for (const { entering, leaving, seconds } of changes) {
        second += seconds;
        const before = state;
        const change = changeSlots(before, { entering, leaving }, limits, at(second));
        state = change.state;
        const { maxOpenCalls, maxOpenCallsPerCallerId, maxCallsPerSecond } = limits;
        expect(Object.keys(state.held).length).toBeLessThanOrEqual(maxOpenCalls ?? Number.POSITIVE_INFINITY);
        for (const caller of ['one', 'two']) {
          expect(heldBy(state, caller)).toBeLessThanOrEqual(maxOpenCallsPerCallerId ?? Number.POSITIVE_INFINITY);
        }
        dialsBySecond.set(second, state.second === second ? state.dials : 0);
        expect(dialsBySecond.get(second)).toBeLessThanOrEqual(maxCallsPerSecond ?? Number.POSITIVE_INFINITY);
        expect(change.admitted.filter((id) => before.held[id])).toEqual([]);
        expect(new Set(change.admitted).size).toBe(change.admitted.length);
        expect(
          state.waiting.filter(({ until }) => until <= at(second) && !entering.some((one) => one.until === until)),
        ).toEqual([]);
      }
    }),
  );
});

const call = (operationId: string, more: Partial<Candidate> = {}): Candidate => ({
  operationId,
  isCall: true,
  dials: true,
  until: at(100),
  ...more,
});
const openCalls = (maxOpenCalls: number | null, more: object = {}) => ({
  maxOpenCalls,
  maxOpenCallsPerCallerId: null,
  maxCallsPerSecond: null,
  ...more,
});
const entering = (
  state: SlotState,
  candidates: readonly Candidate[],
  limits: ReturnType<typeof openCalls>,
  second = 1,
) => changeSlots(state, { entering: candidates, leaving: [] }, limits, at(second));

test('those that wait go before those that come, in their order, and who waits for one caller id lets others pass', () => {
  const limits = openCalls(3, { maxOpenCallsPerCallerId: 1 });
  const full = entering(
    noSlots,
    ['a', 'b', 'c'].map((id) => call(id, { caller: id })),
    limits,
  ).state;
  const waiting = entering(
    full,
    [call('a2', { caller: 'a' }), call('d', { caller: 'd' }), call('e', { caller: 'e' })],
    limits,
  );
  expect(waiting.reached).toEqual(['maxOpenCalls', 'maxOpenCalls', 'maxOpenCalls']);
  const next = changeSlots(waiting.state, { entering: [call('f', { caller: 'f' })], leaving: ['c'] }, limits, at(2));
  expect([next.admitted, next.reached]).toEqual([['d'], ['maxOpenCalls']]);
  expect(next.state.waiting.map(({ operationId }) => operationId)).toEqual(['a2', 'e', 'f']);
});

test('who holds a slot or waits is not counted again', () => {
  const limits = openCalls(1);
  const { state } = entering(noSlots, [call('a'), call('a'), call('b'), call('b')], limits);
  expect([Object.keys(state.held), state.waiting.length, state.dials]).toEqual([['a'], 1, 1]);
  expect(entering(state, [call('a'), call('b')], limits).state).toBe(state);
});

test('whose time to wait is over is reported once, and keeps out no one', () => {
  const full = entering(noSlots, [call('a'), call('b', { until: at(5) }), call('c')], openCalls(1)).state;
  const late = changeSlots(full, { entering: [], leaving: ['a'] }, openCalls(1), at(5));
  expect([late.expired, late.admitted, late.state.waiting]).toEqual([['b'], ['c'], []]);
});

test('the second of an instance whose clock is ahead counts until the clocks of the others reach it', () => {
  const limits = openCalls(null, { maxCallsPerSecond: 2 });
  const ahead = entering(noSlots, [call('a', { isCall: false })], limits, 7).state;
  const behind = entering(ahead, [call('b', { isCall: false }), call('c', { isCall: false })], limits, 6);
  expect(behind.reached).toEqual([undefined, 'maxCallsPerSecond']);
  expect(behind.state).toMatchObject({ second: 7, dials: 2 });
});

test('a limit for each caller id counts 2,000 calls at most, since their row has a size', () => {
  const many = Array.from({ length: 2001 }, (_, index) => call(`call-${index}`, { caller: `caller-${index}` }));
  const { reached } = entering(noSlots, many, openCalls(null, { maxOpenCallsPerCallerId: 1 }));
  expect(reached.slice(-2)).toEqual([undefined, 'maxOpenCalls']);
});
