/**
 * Walks the steps of a sequence from the beginning each time: what is known of a step tells whether it is through, and the
 * first that is not is where the sequence stands. Nothing but these records is kept between two walks.
 */

import type { DoStep, IfStep, ParallelStep, RepeatStep, ResultStep, Step } from '../language/definition.ts';
import { millisecondsOf } from '../language/limits.ts';
import { missingReference, resolveFields } from '../language/references.ts';
import { holds } from './conditions.ts';
import {
  type Draft,
  endStep,
  isFinally,
  keyOf,
  namesOf,
  nowMs,
  type Position,
  putStep,
  startOperation,
  startStep,
  trackOperation,
  wakeAtLatest,
} from './draft.ts';
import { stop, stopOne } from './operation-steps.ts';
import { outcomeOf, type StepsProgress, tolerant } from './progress.ts';
import type { Choice, StepRecord } from './state.ts';
import { isNeedless } from './undo.ts';
import { evaluateWait, evaluateWaitFor } from './waits.ts';

/** Walks a list. Where the place says to carry on, a step that fails does not end it. */
export function evaluateSteps(run: Draft, steps: readonly Step[], place: Position): StepsProgress {
  let { previous: before } = place;
  for (const step of steps) {
    const came = visit(run, step, { ...place, previous: before });
    if (came === 'open' || (came !== 'through' && !place.ignoresFailures)) {
      return came;
    }
    before = run.state.steps[keyOf(step, place)] ?? before;
  }
  return 'through';
}

function visit(run: Draft, step: Step, place: Position): StepsProgress {
  if ('do' in step) {
    return visitDo(run, step, place);
  }
  if ('wait' in step) {
    return evaluateWait(run, step, place);
  }
  if ('waitFor' in step) {
    return evaluateWaitFor(run, step, place);
  }
  if ('if' in step) {
    return visitIf(run, step, place);
  }
  if ('parallel' in step) {
    return visitParallel(run, step, place);
  }
  if ('repeat' in step) {
    return visitRepeat(run, step, place);
  }
  return 'result' in step ? visitResult(run, step, place) : { status: 'failed', error: step.fail, undo: false };
}

function visitDo(run: Draft, step: DoStep, place: Position): StepsProgress {
  const key = keyOf(step, place);
  const known = run.state.steps[key];
  const record = known ? advanceDo(run, step, known) : beginDo(run, step, key, place);
  const late = record.isOverdue ? visitLate(run, step, record, place) : 'through';
  if (late !== 'through') {
    return late;
  }
  return record.status === 'running' ? 'open' : outcomeOf(record, step.onFailure);
}

function beginDo(run: Draft, step: DoStep, key: string, { scope, suffix }: Position): StepRecord {
  const names = namesOf(run, suffix);
  const missing = missingReference(step.with, names);
  if (missing !== undefined) {
    // In the end, what never came to be needs no end.
    const status = isFinally({ scope }) ? 'skipped' : 'failed';
    const error = { code: 'referenceMissing', message: `${missing} names nothing: the step did not bring it.` };
    return endStep(run, startStep(run, key, step.do, { scope }), status, { error });
  }
  const asked = { operation: step.do, input: resolveFields(step.with ?? {}, names) };
  const { steps, callId } = run.state;
  return isFinally({ scope }) && isNeedless(asked, Object.values(steps), callId)
    ? endStep(run, startStep(run, key, step.do, { scope }), 'skipped')
    : startOperation(run, key, asked, { scope, ...(step.masked && { masked: true as const }) });
}

/** What follows a time-out may need what ACS answered: it waits so long for an answer that a crash lost. */
const answerGraceMs = 15_000;

function advanceDo(run: Draft, { timeout }: DoStep, known: StepRecord): StepRecord {
  const record = known.status === 'running' ? trackOperation(run, known) : known;
  if (record.status !== 'running' || timeout === undefined || record.isOverdue) {
    return record;
  }
  const graceMs = record.hasResponse ? 0 : answerGraceMs;
  const lateAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout) + graceMs;
  if (nowMs(run) < lateAtMs) {
    wakeAtLatest(run, lateAtMs);
    return record;
  }
  return putStep(run, { ...record, isOverdue: true });
}

/**
 * What follows a time-out begins only while the outcome is open; what began comes to its end. Once it has failed the step
 * has failed, whatever its operation, which is stopped then, still comes to.
 */
function visitLate(
  run: Draft,
  { onTimeout = [] }: DoStep,
  { key, status }: StepRecord,
  place: Position,
): StepsProgress {
  const scope = `${place.scope}/${key}`;
  const verdict = `${key}~onTimeout`;
  if (status !== 'running' && run.state.choices[verdict] === undefined) {
    return stop(run, scope, false) ? 'through' : 'open';
  }
  const came = evaluateSteps(run, onTimeout, { ...place, scope });
  if (typeof came !== 'object') {
    return came;
  }
  choose(run, verdict, () => 'failed');
  return stopOne(run, key) ? came : 'open';
}

function visitIf(run: Draft, step: IfStep, place: Position): StepsProgress {
  const way = choose(run, keyOf(step, place), () => (holds(step.if, namesOf(run, place.suffix)) ? 'then' : 'else'));
  return evaluateSteps(run, (way === 'then' ? step.then : step.else) ?? [], place);
}

/**
 * One branch decides: the first that fails or, `until: first`, the first that is through. It has the last word, also when
 * another would have come as far in the same walk. The others are stopped.
 */
function visitParallel(run: Draft, step: ParallelStep, place: Position): StepsProgress {
  const key = keyOf(step, place);
  const isRace = step.until === 'first';
  const scopeOf = (branch: number) => `${place.scope}/${key}/${branch}`;
  const isDecisive = (came: StepsProgress) => (isRace ? came === 'through' : typeof came === 'object');
  const came: StepsProgress[] = [];
  for (const [branch, steps] of branchesToVisit(run, step, key)) {
    const one = evaluateSteps(run, steps, { ...place, scope: scopeOf(branch) });
    came.push(one);
    if (isDecisive(one)) {
      choose(run, key, () => branch);
      const others = step.parallel.map((_, other) => other).filter((other) => other !== branch);
      const areStopped = others.map((other) => stop(run, scopeOf(other), isRace)).every(Boolean);
      return areStopped ? tolerant(one, step.onFailure) : 'open';
    }
  }
  return came.includes('open') ? 'open' : tolerant((isRace && came[0]) || 'through', step.onFailure);
}

/** All of them until one has decided. */
function branchesToVisit({ state }: Draft, { parallel }: ParallelStep, key: string): [number, readonly Step[]][] {
  const decided = state.choices[key];
  return [...parallel.entries()].filter(([branch]) => decided === undefined || decided === branch);
}

function visitRepeat(run: Draft, step: RepeatStep, place: Position): StepsProgress {
  const { times, steps, until } = step.repeat;
  let { previous: before } = place;
  for (let round = 1; round <= times; round += 1) {
    const suffix = place.suffix === '' ? `#${round}` : `${place.suffix}.${round}`;
    const came = evaluateSteps(run, steps, { ...place, suffix, previous: before });
    if (came !== 'through') {
      return came;
    }
    before = steps.map((one) => run.state.steps[keyOf(one, { suffix })]).findLast((one) => one !== undefined);
    const key = `${step.id}${suffix}`;
    if (until && choose(run, key, () => (holds(until, namesOf(run, suffix)) ? 'enough' : 'again')) === 'enough') {
      return 'through';
    }
  }
  return 'through';
}

/** What an input did not have or a step did not bring is left out. */
function visitResult(run: Draft, step: ResultStep, place: Position): StepsProgress {
  choose(run, keyOf(step, place), () => {
    const told = resolveFields(step.result, namesOf(run, place.suffix));
    run.state = { ...run.state, result: { ...run.state.result, ...told } };
    return 'told';
  });
  return 'through';
}

/** Decides once. */
function choose(run: Draft, key: string, decide: () => Choice): Choice {
  const choice = run.state.choices[key] ?? decide();
  run.state = { ...run.state, choices: { ...run.state.choices, [key]: choice } };
  return choice;
}
