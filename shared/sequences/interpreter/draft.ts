/** The draft of one advance: the state so far, the commands issued, and the next time at which something is due. */
import type { OnFailure, Step } from '../language/definition.ts';
import type { Names } from '../language/references.ts';
import type { Choice, Plan, Snapshot, State, StepCommand, StepError, StepRecord, StepStatus } from './state.ts';

/** Changes while an advance is computed; local to the interpreter. */
export interface Draft {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  state: State;
  readonly commands: StepCommand[];
  wakeAtMs: number;
}

/** Where a step stands: its branch, the rounds of the repetitions around it, and the step before it. */
export interface Position {
  readonly scope: string;
  readonly suffix: string;
  readonly previous?: StepRecord | undefined;
  /** The steps after one that fails still run. */
  readonly ignoresFailures?: true;
}

/** The scope of the steps, and that of `finally`. */
export const scopes = { steps: 'steps', finally: 'finally' } as const;

/** The part of a block's scope that its `onDeparture` is. */
export const onDepartureScope = '~onDeparture';

/** Whether a step cleans up: it belongs to `finally` or to an `onDeparture`. */
export function isCleanup({ scope }: Pick<Position, 'scope'>): boolean {
  const [root, ...nested] = scope.split('/');
  return root === scopes.finally || nested.includes(onDepartureScope);
}

/** The key of a step's record: its id, and its round where it is repeated. */
export function keyOf({ id }: Step, { suffix }: Pick<Position, 'suffix'>): string {
  return `${id}${suffix}`;
}

/** Stores the record of a step. */
export function putStep(draft: Draft, record: StepRecord): StepRecord {
  draft.state = { ...draft.state, steps: { ...draft.state.steps, [record.key]: record } };
  return record;
}

export function startStep(draft: Draft, key: string, what: string, { scope }: Pick<Position, 'scope'>): StepRecord {
  const { now, eventCount: eventsAtStart } = draft.snapshot;
  return putStep(draft, { key, do: what, status: 'running', startedAt: now, scope, eventsAtStart });
}

export function endStep(
  draft: Draft,
  record: StepRecord,
  status: StepStatus,
  more: Partial<StepRecord> = {},
): StepRecord {
  return putStep(draft, { ...record, ...more, status, endedAt: draft.snapshot.now });
}

/** Decides once; later advances find the decision in the state. */
export function choose(draft: Draft, key: string, decide: () => Choice): Choice {
  const choice = draft.state.choices[key] ?? decide();
  draft.state = { ...draft.state, choices: { ...draft.state.choices, [key]: choice } };
  return choice;
}

/** Something is due at that time without an event. */
export function wakeAtLatest(draft: Draft, atMs: number): void {
  draft.wakeAtMs = Math.min(draft.wakeAtMs, atMs);
}

export function nowMs(draft: Draft): number {
  return Date.parse(draft.snapshot.now);
}

/** The values that references in a step can name. For a repeated step the enclosing round counts, else the last one. */
export function namesOf({ plan, state }: Pick<Draft, 'plan' | 'state'>, suffix: string): Names {
  return {
    input: plan.input,
    callId: state.callId,
    sequenceId: plan.sequenceId,
    step: (id) => findStep(state, id, suffix),
  };
}

/** The record of a step; for a repeated one that of the enclosing round, else the last one. */
export function findStep({ steps }: State, id: string, suffix: string): StepRecord | undefined {
  const enclosing = Array.from(
    { length: suffix.length + 1 },
    (_, cut) => steps[id + suffix.slice(0, suffix.length - cut)],
  );
  const rounds = Object.values(steps).filter(({ key }) => key.startsWith(`${id}#`) && !key.includes('~'));
  return enclosing.find((one) => one !== undefined) ?? rounds.at(-1);
}

/** A list of steps that failed. */
export interface Failure {
  readonly status: 'failed' | 'timedOut';
  readonly error: StepError;
  readonly undo: boolean;
}

/** The progress of a step or a list. */
export type StepsProgress = 'running' | 'done' | Failure;

/** The progress of a list after the outcome of one of its steps. */
export function progressAfter(record: StepRecord, onFailure?: OnFailure): StepsProgress {
  if (record.status === 'succeeded' || record.status === 'skipped' || onFailure === 'continue') {
    return 'done';
  }
  const { key, status, error = { code: status, message: `The operation ended ${status}.` } } = record;
  return {
    status: status === 'timedOut' && record.operationId === undefined ? 'timedOut' : 'failed',
    error: { code: error.code, message: `Step ${key}: ${error.message}` },
    undo: onFailure === 'compensate',
  };
}

/** Applies the `onFailure` of an enclosing step. */
export function withOnFailure(progress: StepsProgress, onFailure: OnFailure | undefined): StepsProgress {
  if (typeof progress !== 'object') {
    return progress;
  }
  return onFailure === 'continue' ? 'done' : { ...progress, undo: progress.undo || onFailure === 'compensate' };
}
