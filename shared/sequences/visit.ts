/**
 * Walks the steps of a sequence from the beginning each time: what is known of a step tells whether it is through, and the
 * first that is not is where the sequence stands. Nothing but these records is kept between two walks.
 */
import { holds } from './conditions.ts';
import type {
  DoStep,
  IfStep,
  OnFailure,
  ParallelStep,
  RepeatStep,
  ResultStep,
  Step,
  WaitForStep,
  WaitStep,
} from './definition.ts';
import { millisecondsOf } from './limits.ts';
import { MissingReference, resolveFields } from './references.ts';
import { begin, beginOperation, end, follow, namesOf, nowMs, type Place, type Run, wakeBy, write } from './run.ts';
import type { Choice, StepError, StepRecord } from './state.ts';
import { stop } from './stop.ts';

/** A list of steps that cannot go on. */
export interface Failure {
  readonly status: 'failed' | 'timedOut';
  readonly error: StepError;
  readonly undo: boolean;
}

/** How far a walk came. */
export type Came = 'open' | 'through' | Failure;

/** Walks a list. Where the place says to carry on, a step that fails does not end it. */
export function visitList(run: Run, steps: readonly Step[], place: Place): Came {
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

function visit(run: Run, step: Step, place: Place): Came {
  if ('do' in step) {
    return visitDo(run, step, place);
  }
  if ('wait' in step) {
    return visitWait(run, step, place);
  }
  if ('waitFor' in step) {
    return visitWaitFor(run, step, place);
  }
  if ('if' in step) {
    return visitIf(run, step, place);
  }
  if ('parallel' in step) {
    return visitParallel(run, step, place);
  }
  return 'repeat' in step ? visitRepeat(run, step, place) : visitResult(run, step, place);
}

function visitDo(run: Run, step: DoStep, place: Place): Came {
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
  try {
    const asked = { operation: step.do, input: resolveFields(step.with ?? {}, namesOf(run, suffix)) };
    return beginOperation(run, key, asked, { scope, ...(step.masked && { masked: true as const }) });
  } catch (error) {
    if (!(error instanceof MissingReference)) {
      throw error;
    }
    const record = begin(run, key, step.do, { scope });
    return end(run, record, 'failed', { error: { code: 'referenceMissing', message: error.message } });
  }
}

function advanceDo(run: Run, { timeout }: DoStep, known: StepRecord): StepRecord {
  const record = known.status === 'running' ? follow(run, known) : known;
  if (record.status !== 'running' || timeout === undefined || record.isLate) {
    return record;
  }
  const lateAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout);
  if (nowMs(run) < lateAtMs) {
    wakeBy(run, lateAtMs);
    return record;
  }
  return write(run, { ...record, isLate: true });
}

/** What follows a time-out begins only while the outcome is open; what began comes to its end. */
function visitLate(run: Run, { onTimeout = [] }: DoStep, { key, status }: StepRecord, place: Place): Came {
  const scope = `${place.scope}/${key}`;
  if (status === 'running') {
    return visitList(run, onTimeout, { ...place, scope });
  }
  return stop(run, scope, false) ? 'through' : 'open';
}

function visitWait(run: Run, step: WaitStep, place: Place): Came {
  const key = keyOf(step, place);
  const record = run.state.steps[key] ?? begin(run, key, 'wait', place);
  if (record.status !== 'running') {
    return outcomeOf(record);
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(step.wait);
  if (nowMs(run) >= dueAtMs) {
    end(run, record, 'succeeded');
    return 'through';
  }
  wakeBy(run, dueAtMs);
  return run.seen.hasCallEnded ? outcomeOf(end(run, record, 'failed', { error: callEnded })) : 'open';
}

/** An event counts that came since the step before began, and that no wait took before. */
function visitWaitFor(run: Run, step: WaitForStep, place: Place): Came {
  const key = keyOf(step, place);
  const record = run.state.steps[key] ?? beginWaitFor(run, key, place);
  if (record.status !== 'running') {
    return outcomeOf(record, step.onFailure);
  }
  const { events, timeout } = step.waitFor;
  const after = Math.max(run.state.taken, record.heard);
  const event = run.seen.events.find((one) => one.place > after && (events as string[]).includes(one.event));
  if (event) {
    run.state = { ...run.state, taken: event.place };
    end(run, record, 'succeeded', { event });
    return 'through';
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout);
  if (nowMs(run) >= dueAtMs) {
    const message = `None of ${events.join(', ')} came within ${timeout}.`;
    return outcomeOf(end(run, record, 'timedOut', { error: { code: 'eventMissing', message } }), step.onFailure);
  }
  wakeBy(run, dueAtMs);
  return run.seen.hasCallEnded ? outcomeOf(end(run, record, 'failed', { error: callEnded }), step.onFailure) : 'open';
}

function beginWaitFor(run: Run, key: string, place: Place): StepRecord {
  const record = begin(run, key, 'waitFor', place);
  return write(run, { ...record, heard: Math.min(record.heard, place.before?.heard ?? record.heard) });
}

function visitIf(run: Run, step: IfStep, place: Place): Came {
  const way = choose(run, keyOf(step, place), () => (holds(step.if, namesOf(run, place.suffix)) ? 'then' : 'else'));
  return visitList(run, (way === 'then' ? step.then : step.else) ?? [], place);
}

/** One branch decides: the first that fails or, `until: first`, the first that is through. The others are stopped. */
function visitParallel(run: Run, step: ParallelStep, place: Place): Came {
  const key = keyOf(step, place);
  const isRace = step.until === 'first';
  const scopeOf = (branch: number) => `${place.scope}/${key}/${branch}`;
  const decided = run.state.choices[key];
  const came = step.parallel.map((steps, branch): Came => {
    const goesOn = decided === undefined || decided === branch;
    return goesOn ? visitList(run, steps, { ...place, scope: scopeOf(branch) }) : 'open';
  });
  const deciding = came.findIndex((one) => (isRace ? one === 'through' : typeof one === 'object'));
  const decisive = came[decided === undefined ? deciding : Number(decided)];
  if (decisive === undefined) {
    return isRace && !came.includes('open') ? (came[0] ?? 'through') : allOf(came);
  }
  const first = choose(run, key, () => deciding);
  const others = step.parallel.map((_, branch) => branch).filter((branch) => branch !== first);
  return others.map((branch) => stop(run, scopeOf(branch), isRace)).every(Boolean) ? decisive : 'open';
}

function visitRepeat(run: Run, step: RepeatStep, place: Place): Came {
  const { times, steps, until } = step.repeat;
  let { before } = place;
  for (let round = 1; round <= times; round += 1) {
    const suffix = place.suffix === '' ? `#${round}` : `${place.suffix}.${round}`;
    const came = visitList(run, steps, { ...place, suffix, before });
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
function visitResult(run: Run, step: ResultStep, place: Place): Came {
  choose(run, keyOf(step, place), () => {
    const told = Object.entries(step.result).map(([name, value]) => {
      try {
        return resolveFields({ [name]: value }, namesOf(run, place.suffix));
      } catch {
        return {};
      }
    });
    run.state = { ...run.state, result: Object.assign({}, run.state.result, ...told) };
    return 'told';
  });
  return 'through';
}

const callEnded: StepError = { code: 'callEnded', message: 'The call ended.' };

function outcomeOf(record: StepRecord, onFailure?: OnFailure): Came {
  if (record.status === 'succeeded' || onFailure === 'continue') {
    return 'through';
  }
  const { key, status, error = { code: status, message: `The operation ended ${status}.` } } = record;
  return {
    status: status === 'timedOut' && record.operationId === undefined ? 'timedOut' : 'failed',
    error: { code: error.code, message: `Step ${key}: ${error.message}` },
    undo: onFailure === 'compensate',
  };
}

/** Decides once. */
function choose(run: Run, key: string, decide: () => Choice): Choice {
  const choice = run.state.choices[key] ?? decide();
  run.state = { ...run.state, choices: { ...run.state.choices, [key]: choice } };
  return choice;
}

function allOf(came: readonly Came[]): Came {
  return came.every((one) => one === 'through') ? 'through' : 'open';
}

function keyOf({ id }: Step, { suffix }: Pick<Place, 'suffix'>): string {
  return `${id}${suffix}`;
}
