/**
 * The interpreter of sequences: from the plan, the state and what is seen of the world it computes the next state, the
 * operations to ask for, and when to look again. Pure, and the same for the same arguments; asked again with a state that
 * it made, it asks for nothing new.
 */

import type { Came } from './came.ts';
import { longestMs } from './limits.ts';
import { nowMs, type Run, scopes, wakeBy } from './run.ts';
import type { Ask, Plan, Seen, State } from './state.ts';
import { stop } from './stop.ts';
import { visitList } from './visit.ts';

/** What an advance comes to. */
export interface Advance {
  readonly state: State;
  readonly asks: readonly Ask[];
  /** When something is due by itself; undefined when only events can help. */
  readonly wakeAt?: string;
}

/** Advances a sequence as far as what is seen allows. */
export function advance(plan: Plan, before: State, seen: Seen): Advance {
  const run: Run = { plan, seen, state: before, asks: [], wakeAtMs: Number.POSITIVE_INFINITY };
  let phase: State['phase'];
  do {
    phase = run.state.phase;
    phases[phase](run);
  } while (run.state.phase !== phase);
  const wakeAt = Number.isFinite(run.wakeAtMs) ? { wakeAt: new Date(run.wakeAtMs).toISOString() } : {};
  return { state: run.state, asks: run.asks, ...wakeAt };
}

const phases: Readonly<Record<State['phase'], (run: Run) => void>> = {
  steps(run) {
    const { plan, state } = run;
    const overAtMs = Date.parse(plan.createdAt) + longestMs;
    if (state.cancelRequestedAt !== undefined) {
      toPhase(run, 'stopping', { status: 'canceled', undo: true });
    } else if (nowMs(run) >= overAtMs) {
      const error = { code: 'sequenceTooLong', message: 'The sequence ran longer than 24 hours.' };
      toPhase(run, 'stopping', { status: 'timedOut', undo: false, error });
    } else {
      wakeBy(run, overAtMs);
      takeSteps(run, visitList(run, plan.definition.steps, { scope: scopes.steps, suffix: '' }));
    }
  },

  stopping(run) {
    if (stop(run, scopes.steps, run.state.ending?.undo === true)) {
      toPhase(run, 'finally');
    }
  },

  finally(run) {
    const steps = run.plan.definition.finally ?? [];
    if (visitList(run, steps, { scope: scopes.finally, suffix: '', carriesOn: true }) !== 'open') {
      run.state = { ...withoutMasked(run.state), phase: 'ended', endedAt: run.seen.now };
    }
  },

  ended() {},
};

/** What was collected masked is in the result of the sequence, if it was wanted there. */
function withoutMasked(state: State): State {
  const steps = Object.entries(state.steps).map(([key, step]) => {
    const { result: _, ...others } = step;
    return [key, step.masked ? others : step];
  });
  return { ...state, steps: Object.fromEntries(steps) };
}

function takeSteps(run: Run, came: Came): void {
  if (came === 'through') {
    toPhase(run, 'finally', { status: 'succeeded', undo: false });
  } else if (came !== 'open') {
    const { status, error, undo } = came;
    toPhase(run, 'stopping', { status: undo ? 'compensated' : status, undo, error });
  }
}

function toPhase(run: Run, phase: State['phase'], ending = run.state.ending): void {
  run.state = { ...run.state, phase, ...(ending && { ending }) };
}
