/**
 * Evaluates the steps of a sequence, from the first one each time: a sequence stands at the first step whose record is not
 * done. Nothing but the records and choices is kept between two evaluations.
 */
import {
  type DoStep,
  type IfStep,
  millisecondsOf,
  type ParallelStep,
  type RepeatStep,
  type SendDigitsStep,
  type Step,
  type WhileStep,
} from '../language/definition.ts';
import { holds, missingReference, resolveFields } from '../language/references.ts';
import { evaluateCollect } from './collect.ts';
import { digitSteps, invalidDigits } from './digit-steps.ts';
import {
  choose,
  type Draft,
  endStep,
  isCleanup,
  keyOf,
  namesOf,
  nowMs,
  onDepartureScope,
  type Position,
  progressAfter,
  putStep,
  type StepsProgress,
  startStep,
  wakeAtLatest,
  withOnFailure,
} from './draft.ts';
import { startOperation, stopScope, stopStep, trackOperation } from './operation-steps.ts';
import { hasLeft } from './presence.ts';
import { evaluateResult } from './result-step.ts';
import type { OperationRequest, StepRecord } from './state.ts';
import { isAboutDeparted, isNeedless, reverses } from './undo.ts';
import { evaluateWait, evaluateWaitFor } from './waits.ts';

/** Evaluates a list, up to the first step that is running or failed. */
export function evaluateSteps(draft: Draft, steps: readonly Step[], position: Position): StepsProgress {
  let { previous } = position;
  for (const step of steps) {
    const progress = evaluateStep(draft, step, { ...position, previous });
    if (progress === 'running' || (progress !== 'done' && !position.ignoresFailures)) {
      return progress;
    }
    previous = draft.state.steps[keyOf(step, position)] ?? previous;
  }
  return 'done';
}

function evaluateStep(draft: Draft, step: Step, position: Position): StepsProgress {
  if ('do' in step) {
    return evaluateDo(draft, step, position);
  }
  if ('wait' in step) {
    return evaluateWait(draft, step, position);
  }
  if ('waitFor' in step) {
    return evaluateWaitFor(draft, step, position);
  }
  if ('if' in step) {
    return evaluateIf(draft, step, position);
  }
  if ('parallel' in step) {
    return evaluateParallel(draft, step, position);
  }
  if ('repeat' in step) {
    return evaluateRepeat(draft, step, position);
  }
  if ('while' in step) {
    return evaluateWhile(draft, step, position);
  }
  if ('sendDigits' in step) {
    return evaluateDigits(draft, step, position);
  }
  if ('collect' in step) {
    return evaluateCollect(draft, step, position, { startOperation, trackOperation, stopStep });
  }
  return 'fail' in step ? { status: 'failed', error: step.fail, undo: false } : evaluateResult(draft, step, position);
}

function evaluateDo(draft: Draft, step: DoStep, position: Position): StepsProgress {
  const key = keyOf(step, position);
  const known = draft.state.steps[key];
  const record = known ? trackDo(draft, step, known) : startDo(draft, step, key, position);
  const afterTimeout = record.isOverdue ? evaluateOnTimeout(draft, step, record, position) : 'done';
  if (afterTimeout !== 'done') {
    return afterTimeout;
  }
  return record.status === 'running' ? 'running' : progressAfter(record, step.onFailure);
}

function startDo(draft: Draft, step: DoStep, key: string, { scope, suffix }: Position): StepRecord {
  const names = namesOf(draft, suffix);
  const missing = missingReference(step.with, names);
  if (missing !== undefined) {
    // What was never created needs no cleanup.
    const status = isCleanup({ scope }) ? 'skipped' : 'failed';
    const error = { code: 'referenceMissing', message: `${missing} has no value: its step did not produce it.` };
    return endStep(draft, startStep(draft, key, step.do, { scope }), status, { error });
  }
  const request = { operation: step.do, input: resolveFields(step.with ?? {}, names) };
  return isCleanup({ scope }) && hasNoEffect(draft, request)
    ? endStep(draft, startStep(draft, key, step.do, { scope }), 'skipped')
    : startOperation(draft, key, request, { scope, ...(step.masked && { masked: true as const }) });
}

/** Whether a request would undo what is undone already, or what ended when its participants left. */
function hasNoEffect(draft: Draft, request: OperationRequest): boolean {
  const { steps, callId } = draft.state;
  const isFutile = reverses(request) && isAboutDeparted(request, draft.snapshot.departed);
  return isFutile || isNeedless(request, Object.values(steps), callId);
}

/** The steps of `onTimeout` may need the response of ACS, so one that a crash lost is awaited for this long. */
const responseGraceMs = 15_000;

function trackDo(draft: Draft, { timeout }: DoStep, known: StepRecord): StepRecord {
  const record = known.status === 'running' ? trackOperation(draft, known) : known;
  if (record.status !== 'running' || timeout === undefined || record.isOverdue) {
    return record;
  }
  const graceMs = record.hasResponse ? 0 : responseGraceMs;
  const overdueAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout) + graceMs;
  if (nowMs(draft) < overdueAtMs) {
    wakeAtLatest(draft, overdueAtMs);
    return record;
  }
  return putStep(draft, { ...record, isOverdue: true });
}

/**
 * `onTimeout` starts only while the outcome is open, and what it started runs to its end. Once it has failed, the step has
 * failed, whatever the outcome of its operation, which is stopped then.
 */
function evaluateOnTimeout(
  draft: Draft,
  { onTimeout = [] }: DoStep,
  { key, status }: StepRecord,
  position: Position,
): StepsProgress {
  const scope = `${position.scope}/${key}`;
  const verdict = `${key}~onTimeout`;
  if (status !== 'running' && draft.state.choices[verdict] === undefined) {
    return stopScope(draft, scope, false) ? 'done' : 'running';
  }
  const progress = evaluateSteps(draft, onTimeout, { ...position, scope });
  if (typeof progress !== 'object') {
    return progress;
  }
  choose(draft, verdict, () => 'failed');
  return stopStep(draft, key) ? progress : 'running';
}

function evaluateIf(draft: Draft, step: IfStep, position: Position): StepsProgress {
  const decide = () => (holds(step.if, namesOf(draft, position.suffix)) ? 'then' : 'else');
  const list = choose(draft, keyOf(step, position), decide) === 'then' ? step.then : step.else;
  return evaluateSteps(draft, list ?? [], position);
}

/**
 * One branch decides: the first that fails or, with `until: first`, the first that is done. The decision stands, also when
 * another branch would get as far in the same evaluation. The others are stopped.
 */
function evaluateParallel(draft: Draft, step: ParallelStep, position: Position): StepsProgress {
  const key = keyOf(step, position);
  const isRace = step.until === 'first';
  const scopeOf = (branch: number) => `${position.scope}/${key}/${branch}`;
  const isDecisive = (progress: StepsProgress) => (isRace ? progress === 'done' : typeof progress === 'object');
  const decided = draft.state.choices[key];
  const open = [...step.parallel.entries()].filter(([branch]) => decided === undefined || decided === branch);
  const results: StepsProgress[] = [];
  for (const [branch, steps] of open) {
    const progress = evaluateSteps(draft, steps, { ...position, scope: scopeOf(branch) });
    results.push(progress);
    if (isDecisive(progress)) {
      choose(draft, key, () => branch);
      const others = step.parallel.map((_, other) => other).filter((other) => other !== branch);
      const areStopped = others.map((other) => stopScope(draft, scopeOf(other), isRace)).every(Boolean);
      return areStopped ? withOnFailure(progress, step.onFailure) : 'running';
    }
  }
  return results.includes('running') ? 'running' : withOnFailure((isRace && results[0]) || 'done', step.onFailure);
}

function evaluateRepeat(draft: Draft, step: RepeatStep, position: Position): StepsProgress {
  const { times, steps, until } = step.repeat;
  let { previous } = position;
  for (let round = 1; round <= times; round += 1) {
    const suffix = position.suffix === '' ? `#${round}` : `${position.suffix}.${round}`;
    const progress = evaluateSteps(draft, steps, { ...position, suffix, previous });
    if (progress !== 'done') {
      return progress;
    }
    previous = steps.map((one) => draft.state.steps[keyOf(one, { suffix })]).findLast((one) => one !== undefined);
    const names = namesOf(draft, suffix);
    if (until && choose(draft, `${step.id}${suffix}`, () => (holds(until, names) ? 'enough' : 'again')) === 'enough') {
      return 'done';
    }
  }
  return 'done';
}

/**
 * The departure of the participant stands once it is known. What was started in the block is stopped before `onDeparture`
 * runs, and undone after it, so that those whom it invited can be informed before they are removed.
 */
function evaluateWhile(draft: Draft, step: WhileStep, position: Position): StepsProgress {
  const key = keyOf(step, position);
  const scope = `${position.scope}/${key}`;
  const inner = { ...position, scope: `${scope}/steps` };
  if (!hasLeft(draft, step, position)) {
    const progress = evaluateSteps(draft, step.steps, inner);
    if (progress !== 'running') {
      choose(draft, key, () => 'over');
    }
    return progress;
  }
  if (!stopScope(draft, inner.scope, false)) {
    return 'running';
  }
  const cleanup = { ...position, scope: `${scope}/${onDepartureScope}`, ignoresFailures: true } as const;
  const isOver = evaluateSteps(draft, step.onDeparture ?? [], cleanup) !== 'running';
  return isOver && stopScope(draft, inner.scope, true) ? 'done' : 'running';
}

/** The digits appear in no record that outlives the step. */
function evaluateDigits(
  draft: Draft,
  step: SendDigitsStep,
  { ignoresFailures: _, ...position }: Position,
): StepsProgress {
  const steps = digitSteps(step, namesOf(draft, position.suffix));
  const progress: StepsProgress = steps
    ? evaluateSteps(draft, steps, position)
    : { status: 'failed', error: invalidDigits, undo: false };
  return withOnFailure(progress, step.onFailure);
}
