/** The building blocks of orchestrators: generators that run one or more steps. Call each with `yield*`. */
import type { EventKind } from '../../../calls/event.ts';
import { operationNamed } from '../../../operations/index.ts';
import {
  type Condition,
  type DoStep,
  type ResultStep,
  type Step,
  stepsIn,
  type WaitForStep,
  type WaitStep,
  type WhileStep,
} from '../../language/definition.ts';
import { parseDefinition } from '../../language/schema.ts';
import { type Flow, type Part, SequenceStopped } from './flow.ts';
import {
  activityNames,
  type BatchInput,
  type BatchProgress,
  type ConditionInput,
  idsOf,
  type LastCheck,
  type Outcome,
  participantsIn,
} from './protocol.ts';
import { callUntilSuccess, nextWake } from './wakes.ts';

type Named<One> = Omit<One, 'id' | 'onFailure'> & { readonly id: string };

/** A step of an orchestrator, with a unique id: in a loop it includes the round. The code decides what a failure means. */
export type FlowStep = Named<DoStep> | Named<WaitStep> | Named<WaitForStep> | Named<ResultStep> | Named<WhileStep>;

/** Performs an operation and waits until it has settled. A failure is an outcome; a cancel throws SequenceStopped. */
export function* perform(flow: Flow, step: Named<DoStep>): Part<Outcome> {
  return yield* runStep(flow, step);
}

/** Performs several operations at once and waits until all have settled; the outcomes are in the order of the steps. */
export function* performAll(flow: Flow, steps: readonly Named<DoStep>[]): Part<readonly Outcome[]> {
  return yield* runSteps(flow, steps);
}

/** Waits for a time, an ISO 8601 duration. The end of a call does not shorten it. */
export function* wait(flow: Flow, id: string, time: string): Part<void> {
  yield* runStep(flow, { id, wait: time });
}

/**
 * Waits for an event of the call; one that arrived since the previous step started counts. Its outcome is `timedOut` when
 * none arrived in time, and `failed` when the call ended first.
 */
export function* waitForEvent(flow: Flow, id: string, events: readonly EventKind[], timeout: string): Part<Outcome> {
  return yield* runStep(flow, { id, waitFor: { events, timeout } });
}

/**
 * Runs steps while a participant is in the call: true once they are done. False when the participant has left: the steps
 * were stopped and undone, and the outcome of the sequence is `abandoned`.
 */
export function* whilePresent(flow: Flow, step: Named<WhileStep>): Part<boolean> {
  const { status } = yield* runStep(flow, step);
  return status !== 'canceled';
}

/** Adds members to the result of the sequence, by reference: `{ digits: '$steps.pin.result.tones' }`. */
export function* setResult(flow: Flow, id: string, result: Readonly<Record<string, unknown>>): Part<void> {
  yield* runStep(flow, { id, result });
}

/** Whether a condition holds, on values that the orchestrator itself does not see. */
export function* conditionHolds(flow: Flow, condition: Condition): Part<boolean> {
  const input: ConditionInput = { sequenceId: flow.sequenceId, condition };
  return yield* callUntilSuccess(flow, activityNames.condition, input);
}

/** Runs the body, then the cleanup once, however the body ended. The steps of a cleanup run in a canceled sequence too. */
export function* withCleanup<T>(flow: Flow, body: () => Part<T>, cleanup: () => Part<void>): Part<T> {
  try {
    return yield* body();
  } finally {
    flow.cleanups += 1;
    try {
      yield* cleanup();
    } finally {
      flow.cleanups -= 1;
    }
  }
}

function* runStep(flow: Flow, step: FlowStep): Part<Outcome> {
  const [outcome] = yield* runSteps(flow, [step]);
  return outcome as Outcome;
}

/** Runs steps at once, until all are done. */
function* runSteps(flow: Flow, given: readonly FlowStep[]): Part<readonly Outcome[]> {
  const steps = readSteps(flow, given);
  // Where something happens more will follow, whose wakes may be lost: rechecks become frequent again.
  let since: LastCheck = { open: [], rechecks: 0 };
  for (;;) {
    const progress = yield* advance(flow, steps, since);
    if (progress.status === 'done') {
      return progress.outcomes;
    }
    flow.df.setCustomStatus({ status: 'running', open: progress.open });
    const isWoken = yield* nextWake(flow, progress.wakeAt);
    since = { open: progress.open, rechecks: isWoken ? 0 : progress.rechecks + 1 };
  }
}

/** Advances steps. Throws SequenceStopped, and an Error when the history belongs to other code. */
function* advance(
  flow: Flow,
  steps: readonly Step[],
  since: LastCheck,
): Part<Exclude<BatchProgress, { status: 'stopped' }>> {
  const input: BatchInput = { sequenceId: flow.sequenceId, steps, isCleanup: flow.cleanups > 0, since };
  const progress: BatchProgress = yield* callUntilSuccess(flow, activityNames.batch, input);
  if (progress.status === 'stopped') {
    throw new SequenceStopped('The sequence was canceled or ran too long; only cleanups run.');
  }
  if (progress.steps !== idsOf(input)) {
    throw new Error(`expected step ${idsOf(input)}, but the history has ${progress.steps}: ${causes}`);
  }
  return progress;
}

const causes = 'the code changed while the sequence ran, or does not decide the same when it is replayed';

/** Validates steps as posted ones are. Throws a TypeError with every error, because each is a bug of the orchestrator. */
function readSteps(flow: Flow, given: readonly Step[]): readonly Step[] {
  const { definition, errors } = parseDefinition({ steps: given });
  const all = stepsIn(definition.steps);
  const messages = [
    ...errors.map(({ path, message }) => `${path}: ${message}`),
    ...all.flatMap((step) => stepErrors(flow, step)),
    ...participantsIn(given, 'steps').map((path) => `${path}: ${expectedReference}`),
  ];
  if (messages.length > 0) {
    throw new TypeError(messages.join('; '));
  }
  for (const { id } of all) {
    flow.usedIds.add(String(id));
  }
  return definition.steps;
}

const expectedReference =
  'expected a reference such as $input.customer, got a phone number or a raw id, which Durable Functions would keep';

function stepErrors({ usedIds, events }: Flow, step: Step): string[] {
  const { id } = step;
  const duplicate = usedIds.has(String(id))
    ? [`step ${id}: its id was used before; in a loop, include the round in it`]
    : [];
  const unknown = 'do' in step && !operationNamed(step.do) ? [`step ${id}: no operation is named ${step.do}`] : [];
  const undeclared = 'waitFor' in step ? step.waitFor.events.filter((kind) => !events.includes(kind)) : [];
  const unsupported = 'collect' in step ? [`step ${id}: an orchestrator has no collect; use recognize`] : [];
  return [
    ...duplicate,
    ...unknown,
    ...unsupported,
    ...undeclared.map((kind) => `step ${id}: ${kind} is not among the events of the orchestrator`),
  ];
}
