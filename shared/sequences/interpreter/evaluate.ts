/**
 * Walks the steps of a sequence from the beginning each time: what is known of a step tells whether it is through, and the
 * first that is not is where the sequence stands. Nothing but these records is kept between two walks.
 */

import type { DoStep, IfStep, ParallelStep, RepeatStep, ResultStep, Step } from '../language/definition.ts';
import { millisecondsOf } from '../language/limits.ts';
import { missingReference, resolveFields } from '../language/references.ts';
import {
  begin,
  beginOperation,
  end,
  follow,
  isLast,
  keyOf,
  namesOf,
  nowMs,
  type Place,
  type Run,
  wakeBy,
  write,
} from './advance-state.ts';
import { holds } from './conditions.ts';
import { isNeedless } from './inverses.ts';
import { outcomeOf, type StepsProgress, tolerant } from './progress.ts';
import type { Choice, StepRecord } from './state.ts';
import { stop, stopOne } from './stop.ts';
import { evaluateWait, evaluateWaitFor } from './waits.ts';

/** Walks a list. Where the place says to carry on, a step that fails does not end it. */
export function evaluateSteps(run: Run, steps: readonly Step[], place: Place): StepsProgress {
  let { before } = place;
  for (const step of steps) {
    const came = visit(run, step, { ...place, before });
    if (came === 'open' || (came !== 'through' && !place.carriesOn)) {
      return came;
    }
    before = run.state.steps[keyOf(step, place)] ?? before;
  }
  return 'through';
}

function visit(run: Run, step: Step, place: Place): StepsProgress {
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

function visitDo(run: Run, step: DoStep, place: Place): StepsProgress {
  const key = keyOf(step, place);
  const known = run.state.steps[key];
  const record = known ? advanceDo(run, step, known) : beginDo(run, step, key, place);
  const late = record.isLate ? visitLate(run, step, record, place) : 'through';
  if (late !== 'through') {
    return late;
  }
  return record.status === 'running' ? 'open' : outcomeOf(record, step.onFailure);
}

function beginDo(run: Run, step: DoStep, key: string, { scope, suffix }: Place): StepRecord {
  const names = namesOf(run, suffix);
  const missing = missingReference(step.with, names);
  if (missing !== undefined) {
    // In the end, what never came to be needs no end.
    const status = isLast({ scope }) ? 'skipped' : 'failed';
    const error = { code: 'referenceMissing', message: `${missing} names nothing: the step did not bring it.` };
    return end(run, begin(run, key, step.do, { scope }), status, { error });
  }
  const asked = { operation: step.do, input: resolveFields(step.with ?? {}, names) };
  const { steps, callId } = run.state;
  return isLast({ scope }) && isNeedless(asked, Object.values(steps), callId)
    ? end(run, begin(run, key, step.do, { scope }), 'skipped')
    : beginOperation(run, key, asked, { scope, ...(step.masked && { masked: true as const }) });
}

/** What follows a time-out may need what ACS answered: it waits so long for an answer that a crash lost. */
const answerGraceMs = 15_000;

function advanceDo(run: Run, { timeout }: DoStep, known: StepRecord): StepRecord {
  const record = known.status === 'running' ? follow(run, known) : known;
  if (record.status !== 'running' || timeout === undefined || record.isLate) {
    return record;
  }
  const graceMs = record.isAnswered ? 0 : answerGraceMs;
  const lateAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout) + graceMs;
  if (nowMs(run) < lateAtMs) {
    wakeBy(run, lateAtMs);
    return record;
  }
  return write(run, { ...record, isLate: true });
}

/**
 * What follows a time-out begins only while the outcome is open; what began comes to its end. Once it has failed the step
 * has failed, whatever its operation, which is stopped then, still comes to.
 */
function visitLate(run: Run, { onTimeout = [] }: DoStep, { key, status }: StepRecord, place: Place): StepsProgress {
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

function visitIf(run: Run, step: IfStep, place: Place): StepsProgress {
  const way = choose(run, keyOf(step, place), () => (holds(step.if, namesOf(run, place.suffix)) ? 'then' : 'else'));
  return evaluateSteps(run, (way === 'then' ? step.then : step.else) ?? [], place);
}

/**
 * One branch decides: the first that fails or, `until: first`, the first that is through. It has the last word, also when
 * another would have come as far in the same walk. The others are stopped.
 */
function visitParallel(run: Run, step: ParallelStep, place: Place): StepsProgress {
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
function branchesToVisit({ state }: Run, { parallel }: ParallelStep, key: string): [number, readonly Step[]][] {
  const decided = state.choices[key];
  return [...parallel.entries()].filter(([branch]) => decided === undefined || decided === branch);
}

function visitRepeat(run: Run, step: RepeatStep, place: Place): StepsProgress {
  const { times, steps, until } = step.repeat;
  let { before } = place;
  for (let round = 1; round <= times; round += 1) {
    const suffix = place.suffix === '' ? `#${round}` : `${place.suffix}.${round}`;
    const came = evaluateSteps(run, steps, { ...place, suffix, before });
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
function visitResult(run: Run, step: ResultStep, place: Place): StepsProgress {
  choose(run, keyOf(step, place), () => {
    const told = resolveFields(step.result, namesOf(run, place.suffix));
    run.state = { ...run.state, result: { ...run.state.result, ...told } };
    return 'told';
  });
  return 'through';
}

/** Decides once. */
function choose(run: Run, key: string, decide: () => Choice): Choice {
  const choice = run.state.choices[key] ?? decide();
  run.state = { ...run.state, choices: { ...run.state.choices, [key]: choice } };
  return choice;
}
