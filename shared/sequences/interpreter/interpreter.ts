/**
 * The interpreter of sequences: from the plan, the state and what is seen of the world it computes the next state, the
 * operations to ask for, and when to look again. Pure, and the same for the same arguments; asked again with a state that
 * it made, it asks for nothing new.
 */

import type { Step } from '../language/definition.ts';
import { longestMs } from '../language/limits.ts';
import { type Draft, nowMs, scopes, wakeAtLatest } from './draft.ts';
import { evaluateSteps } from './evaluate.ts';
import { stop } from './operation-steps.ts';
import type { StepsProgress } from './progress.ts';
import type { Plan, Snapshot, State, StepCommand, StepError } from './state.ts';

/** What an advance comes to. */
export interface Advance {
  readonly state: State;
  readonly commands: readonly StepCommand[];
  /** When something is due by itself; undefined when only events can help. */
  readonly wakeAt?: string;
}

/** Advances a sequence as far as what is seen allows. */
export function advance(plan: Plan, before: State, seen: Snapshot): Advance {
  const run = newRun(plan, before, seen);
  let phase: State['phase'];
  do {
    phase = run.state.phase;
    phases[phase](run);
  } while (run.state.phase !== phase);
  return toAdvance(run);
}

/** Steps that an orchestrator is at, all at once. */
export interface StepBatch {
  readonly steps: readonly Step[];
  /** They run however the others ended. */
  readonly isCleanup: boolean;
}

/** What a turn comes to. */
export interface BatchAdvance extends Advance {
  readonly isRunning: boolean;
  /** The sequence was stopped, and what it did is taken back. */
  readonly isStopped: boolean;
}

/** Advances a sequence by the steps that its orchestrator is at. One that is stopped takes back what it did, and no step. */
export function advanceBatch(plan: Plan, before: State, seen: Snapshot, { steps, isCleanup }: StepBatch): BatchAdvance {
  const run = newRun(plan, before, seen);
  if (run.state.phase === 'steps' && !isCleanup) {
    stopIfWanted(run);
  }
  if (run.state.phase === 'stopping') {
    phases.stopping(run);
  }
  const scope = isCleanup ? scopes.finally : scopes.steps;
  const place = { scope, suffix: '', before: Object.values(run.state.steps).at(-1) };
  const isTaken = isCleanup || run.state.phase === 'steps';
  const came = isTaken ? steps.map((step) => evaluateSteps(run, [step], place)) : [];
  const isOpen = run.state.phase === 'stopping' || came.includes('open');
  return { ...toAdvance(run), isRunning: isOpen, isStopped: !isTaken && !isOpen };
}

/** How an orchestrator came to its end. */
export interface Ending {
  readonly status: 'succeeded' | 'failed';
  readonly error?: StepError;
}

/** Ends a sequence as its orchestrator says, unless it was stopped before: then that is how it ended. */
export function advanceToEnd(plan: Plan, before: State, seen: Snapshot, ending: Ending): Advance {
  const stopped = before.ending ?? { ...ending, undo: false };
  return advance(plan, { ...before, phase: 'finally', ending: stopped }, seen);
}

function newRun(plan: Plan, state: State, seen: Snapshot): Draft {
  return { plan, snapshot: seen, state, commands: [], wakeAtMs: Number.POSITIVE_INFINITY };
}

function toAdvance({ state, commands: asks, wakeAtMs }: Draft): Advance {
  const wakeAt = Number.isFinite(wakeAtMs) ? { wakeAt: new Date(wakeAtMs).toISOString() } : {};
  return { state, commands: asks, ...wakeAt };
}

const phases: Readonly<Record<State['phase'], (run: Draft) => void>> = {
  steps(run) {
    if (!stopIfWanted(run)) {
      takeSteps(run, evaluateSteps(run, run.plan.definition.steps, { scope: scopes.steps, suffix: '' }));
    }
  },

  stopping(run) {
    if (stop(run, scopes.steps, run.state.ending?.undo === true)) {
      toPhase(run, 'finally');
    }
  },

  finally(run) {
    const steps = run.plan.definition.finally ?? [];
    if (evaluateSteps(run, steps, { scope: scopes.finally, suffix: '', ignoresFailures: true }) !== 'open') {
      run.state = { ...withoutMasked(run.state), phase: 'ended', endedAt: run.snapshot.now };
    }
  },

  ended() {},
};

/** A sequence that was asked to stop, or that runs too long, goes no further. */
function stopIfWanted(run: Draft): boolean {
  const { plan, state } = run;
  const overAtMs = Date.parse(plan.createdAt) + longestMs;
  if (state.cancelRequestedAt !== undefined) {
    const { cancelReason: error } = state;
    toPhase(run, 'stopping', { status: 'canceled', undo: true, ...(error && { error }) });
  } else if (nowMs(run) >= overAtMs) {
    const error = { code: 'sequenceTooLong', message: 'The sequence ran longer than 24 hours.' };
    toPhase(run, 'stopping', { status: 'timedOut', undo: false, error });
  } else {
    wakeAtLatest(run, overAtMs);
  }
  return run.state.phase === 'stopping';
}

/** What was collected masked is in the result of the sequence, if it was wanted there. */
function withoutMasked(state: State): State {
  const steps = Object.entries(state.steps).map(([key, step]) => {
    const { result: _, ...others } = step;
    return [key, step.masked ? others : step];
  });
  return { ...state, steps: Object.fromEntries(steps) };
}

function takeSteps(run: Draft, came: StepsProgress): void {
  if (came === 'through') {
    toPhase(run, 'finally', { status: 'succeeded', undo: false });
  } else if (came !== 'open') {
    const { status, error, undo } = came;
    toPhase(run, 'stopping', { status: undo ? 'compensated' : status, undo, error });
  }
}

function toPhase(run: Draft, phase: State['phase'], ending = run.state.ending): void {
  run.state = { ...run.state, phase, ...(ending && { ending }) };
}
