/** Applies inputs to the open operations of a call's record. Pure. */
import type { CallRecord } from '../call.ts';
import { withOutcome } from '../roster-changes.ts';
import { type Clock, type Input, nextLife } from './life.ts';
import { isGraceOver } from './open-operation.ts';
import type { Outcome } from './outcome.ts';
import { withSettled } from './recently-settled.ts';
import type { Settlements } from './settlement.ts';

/** One operation that settled, and how. */
export interface Settled {
  readonly operationId: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** One operation whose outcome is presumed from now on, and when its grace period ends. */
export interface Presumed {
  readonly operationId: string;
  readonly until: string;
}

/** A call after some inputs, with the operations that they settled and those whose outcome they made presumed. */
export interface Advanced {
  readonly call: CallRecord;
  readonly settled: readonly Settled[];
  readonly presumed: readonly Presumed[];
}

/** A call before any input. */
export const unadvanced = (call: CallRecord): Advanced => ({ call, settled: [], presumed: [] });

/** The call after one more input to one of its operations; an operation that is not open is left alone. */
export function advance(
  before: Advanced,
  operationId: string,
  input: Input,
  settlements: Settlements,
  clock: Clock,
): Advanced {
  const { [operationId]: operation, ...others } = before.call.open;
  const life = operation && nextLife(operation.life, input, settlements.get(operation.name), clock);
  if (!life || life === operation.life || life.state === 'accepted') {
    return before;
  }
  const { name, origin } = operation;
  if (life.state === 'settled') {
    return {
      call: withSettled(withOutcome({ ...before.call, open: others }, operationId, life.outcome), operationId, origin),
      settled: [...before.settled, { operationId, name, outcome: life.outcome }],
      presumed: before.presumed.filter((one) => one.operationId !== operationId),
    };
  }
  const open = { ...before.call.open, [operationId]: { ...operation, life } };
  const isNew = life.state === 'presumed' && operation.life.state !== 'presumed';
  return {
    ...before,
    call: { ...before.call, open },
    presumed: isNew ? [...before.presumed, { operationId, until: life.until }] : before.presumed,
  };
}

/** Settles the operations whose grace period is over. */
export function settlePresumed(before: Advanced, settlements: Settlements, clock: Clock): Advanced {
  return Object.entries(before.call.open)
    .filter(([, operation]) => isGraceOver(operation, clock.now))
    .reduce((next, [id]) => advance(next, id, { kind: 'deadline' }, settlements, clock), before);
}

/** With no more settled operations than one write can take; the others stay as they were, for the next write. */
export function capped(before: CallRecord, { call, settled, presumed }: Advanced, most: number): Advanced {
  const left = new Set(settled.slice(most).map(({ operationId }) => operationId));
  const others = Object.entries(before.open).filter(([id]) => left.has(id));
  return {
    call: left.size === 0 ? call : { ...call, open: { ...call.open, ...Object.fromEntries(others) } },
    settled: settled.slice(0, most),
    presumed,
  };
}
