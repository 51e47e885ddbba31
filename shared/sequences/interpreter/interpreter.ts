/**
 * The interpreter of sequences. From the plan, the state and a snapshot of the ledger it computes the next state, the
 * commands to perform, and when to advance again. Pure and deterministic; advancing a state that it produced, with the same
 * snapshot, changes nothing.
 */
import { longestMs, type Step } from '../language/definition.ts';
import { choose, type Draft, nowMs, type StepsProgress, scopes, wakeAtLatest } from './draft.ts';
import { evaluateSteps } from './evaluate.ts';
import { stopScope } from './operation-steps.ts';
import type { Plan, Snapshot, State, StepCommand, StepError } from './state.ts';

/** The result of one advance. */
export interface Advance {
  readonly state: State;
  readonly commands: readonly StepCommand[];
  /** When something is due without an event; undefined when only an event can help. */
  readonly wakeAt?: string;
}

/** Advances a sequence as far as the snapshot allows. */
export function advance(plan: Plan, before: State, snapshot: Snapshot): Advance {
  const draft = newDraft(plan, before, snapshot);
  let phase: State['phase'];
  do {
    phase = draft.state.phase;
    phases[phase](draft);
  } while (draft.state.phase !== phase);
  return toAdvance(draft);
}

/** Steps that an orchestrator runs at once. */
export interface StepBatch {
  readonly steps: readonly Step[];
  /** They run even in a sequence that is stopped. */
  readonly isCleanup: boolean;
}

/** The result of advancing a batch. */
export interface BatchAdvance extends Advance {
  readonly isRunning: boolean;
  /** The sequence was stopped, and is undone where that was wanted; the batch does not run. */
  readonly isStopped: boolean;
}

/** Advances a sequence by the batch that its orchestrator runs. A stopped sequence runs cleanups only. */
export function advanceBatch(
  plan: Plan,
  before: State,
  snapshot: Snapshot,
  { steps, isCleanup }: StepBatch,
): BatchAdvance {
  const draft = newDraft(plan, before, snapshot);
  if (draft.state.phase === 'steps' && !isCleanup) {
    stopIfDue(draft);
  }
  if (draft.state.phase === 'stopping') {
    phases.stopping(draft);
  }
  const scope = isCleanup ? scopes.finally : scopes.steps;
  const position = { scope, suffix: '', previous: Object.values(draft.state.steps).at(-1) };
  const runs = isCleanup || draft.state.phase === 'steps';
  const progress = runs ? steps.map((step) => evaluateSteps(draft, [step], position)) : [];
  const isRunning = draft.state.phase === 'stopping' || progress.includes('running');
  return { ...toAdvance(draft), isRunning, isStopped: !runs && !isRunning };
}

/** How an orchestrator ended. */
export interface Ending {
  readonly status: 'succeeded' | 'failed';
  readonly error?: StepError;
}

/** Ends a sequence as its orchestrator ended, unless the sequence was stopped before: then with that status. */
export function advanceToEnd(plan: Plan, before: State, snapshot: Snapshot, ending: Ending): Advance {
  const decided = before.ending ?? { ...ending, undo: false };
  return advance(plan, { ...before, phase: 'finally', ending: decided }, snapshot);
}

function newDraft(plan: Plan, state: State, snapshot: Snapshot): Draft {
  return { plan, snapshot, state, commands: [], wakeAtMs: Number.POSITIVE_INFINITY };
}

function toAdvance({ state, commands, wakeAtMs }: Draft): Advance {
  const wakeAt = Number.isFinite(wakeAtMs) ? { wakeAt: new Date(wakeAtMs).toISOString() } : {};
  return { state, commands, ...wakeAt };
}

const phases: Readonly<Record<State['phase'], (draft: Draft) => void>> = {
  steps(draft) {
    if (!stopIfDue(draft) && mayStart(draft)) {
      leaveSteps(draft, evaluateSteps(draft, draft.plan.definition.steps, { scope: scopes.steps, suffix: '' }));
    }
  },

  stopping(draft) {
    if (stopScope(draft, scopes.steps, draft.state.ending?.undo === true)) {
      enterPhase(draft, 'finally');
    }
  },

  finally(draft) {
    const steps = draft.plan.definition.finally ?? [];
    const position = { scope: scopes.finally, suffix: '', ignoresFailures: true } as const;
    if (evaluateSteps(draft, steps, position) !== 'running') {
      draft.state = { ...withoutMasked(draft.state), phase: 'ended', endedAt: draft.snapshot.now };
    }
  },

  ended() {},
};

/** Whether the operation that the steps follow has succeeded. When it ended otherwise, none of them runs. */
function mayStart(draft: Draft): boolean {
  const { after } = draft.plan;
  const { status, error } = draft.snapshot.operations[after ?? ''] ?? {};
  if (after === undefined || draft.state.choices[after] !== undefined) {
    return true;
  }
  if (status === 'succeeded') {
    choose(draft, after, () => 'succeeded');
    return true;
  }
  if (status !== undefined && status !== 'accepted' && status !== 'sent') {
    draft.state = { ...draft.state, result: { outcome: 'notSent', ...(error && { error }) } };
    enterPhase(draft, 'finally', { status: 'succeeded', undo: false });
  }
  return false;
}

/** Stops a sequence that was canceled, or that runs for too long. */
function stopIfDue(draft: Draft): boolean {
  const { plan, state } = draft;
  const dueAtMs = Date.parse(plan.createdAt) + longestMs;
  if (state.cancelRequestedAt !== undefined) {
    const { cancelReason: error } = state;
    enterPhase(draft, 'stopping', { status: 'canceled', undo: true, ...(error && { error }) });
  } else if (nowMs(draft) >= dueAtMs) {
    const error = { code: 'sequenceTooLong', message: 'The sequence ran longer than 24 hours.' };
    enterPhase(draft, 'stopping', { status: 'timedOut', undo: false, error });
  } else {
    wakeAtLatest(draft, dueAtMs);
  }
  return draft.state.phase === 'stopping';
}

/** Removes what was collected masked from the records: the result of the sequence holds it if its steps put it there. */
function withoutMasked(state: State): State {
  const steps = Object.entries(state.steps).map(([key, step]) => {
    const { result: _, ...others } = step;
    return [key, step.masked ? others : step];
  });
  return { ...state, steps: Object.fromEntries(steps) };
}

function leaveSteps(draft: Draft, progress: StepsProgress): void {
  if (progress === 'done') {
    enterPhase(draft, 'finally', { status: 'succeeded', undo: false });
  } else if (progress !== 'running') {
    const { status, error, undo } = progress;
    enterPhase(draft, 'stopping', { status: undo ? 'compensated' : status, undo, error });
  }
}

function enterPhase(draft: Draft, phase: State['phase'], ending = draft.state.ending): void {
  draft.state = { ...draft.state, phase, ...(ending && { ending }) };
}
