/** The building blocks of orchestrators. Each is a part: `yield*` it. */
import type { EventKind } from '../../../calls/event.ts';
import type { Condition, DoStep, ResultStep, Step, WaitForStep, WaitStep } from '../../language/definition.ts';
import { type Flow, type Part, SequenceStopped } from './flow.ts';
import {
  activityNames,
  type BatchInput,
  type BatchProgress,
  type ConditionInput,
  idsOf,
  type Outcome,
} from './protocol.ts';
import { readSteps } from './read-steps.ts';
import { callUntilSuccess, nextWake } from './wakes.ts';

type Named<One> = Omit<One, 'id' | 'onFailure'> & { readonly id: string };

/** A step of an orchestrator. Its id is its own: in a loop, the round belongs in it. What a failure means, the code says. */
export type FlowStep = Named<DoStep> | Named<WaitStep> | Named<WaitForStep> | Named<ResultStep>;

/** Performs an operation and waits until it settled. A failure is an outcome; throws SequenceStopped on a cancel. */
export function* perform(flow: Flow, step: Named<DoStep>): Part<Outcome> {
  return yield* one(flow, step);
}

/** Performs several at once, and waits until all settled; the outcomes are in the order of the steps. */
export function* performAll(flow: Flow, steps: readonly Named<DoStep>[]): Part<readonly Outcome[]> {
  return yield* take(flow, steps);
}

/** Waits for a time, an ISO 8601 duration. The end of a call does not cut it short. */
export function* wait(flow: Flow, id: string, time: string): Part<void> {
  yield* one(flow, { id, wait: time });
}

/**
 * Waits for an event of the call; one that came since the step before began counts. `timedOut` when none came in time,
 * `failed` when the call ended first.
 */
export function* waitForEvent(flow: Flow, id: string, events: readonly EventKind[], timeout: string): Part<Outcome> {
  return yield* one(flow, { id, waitFor: { events, timeout } });
}

/** Puts values into the result of the sequence, by reference: `{ digits: '$steps.pin.result.tones' }`. */
export function* setResult(flow: Flow, id: string, result: Readonly<Record<string, unknown>>): Part<void> {
  yield* one(flow, { id, result });
}

/** Whether a condition holds, on values that the orchestrator itself does not see. */
export function* conditionHolds(flow: Flow, condition: Condition): Part<boolean> {
  const input: ConditionInput = { sequenceId: flow.sequenceId, condition };
  return yield* callUntilSuccess(flow, activityNames.test, input);
}

/** Runs the body, and the cleanup once after it, however it ended; the steps of a cleanup run in a canceled sequence too. */
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

function* one(flow: Flow, step: FlowStep): Part<Outcome> {
  const [outcome] = yield* take(flow, [step]);
  return outcome as Outcome;
}

/** Takes steps until they are through. */
function* take(flow: Flow, given: readonly FlowStep[]): Part<readonly Outcome[]> {
  const steps = readSteps(flow, given);
  for (let looks = 0; ; looks += 1) {
    const progress = yield* look(flow, steps, looks);
    if (progress.is === 'through') {
      return progress.outcomes;
    }
    flow.df.setCustomStatus({ status: 'running', open: progress.open });
    yield* nextWake(flow, progress.wakeAt);
  }
}

/** How far steps are. Throws SequenceStopped, and an Error when the history is that of other code. */
function* look(flow: Flow, steps: readonly Step[], looks: number): Part<Exclude<BatchProgress, { is: 'stopped' }>> {
  const input: BatchInput = { sequenceId: flow.sequenceId, steps, isCleanup: flow.cleanups > 0, attempt: looks };
  const progress: BatchProgress = yield* callUntilSuccess(flow, activityNames.turn, input);
  if (progress.is === 'stopped') {
    throw new SequenceStopped('The sequence was canceled or ran too long; only cleanups go on.');
  }
  if (progress.of !== idsOf(input)) {
    throw new Error(`expected step ${idsOf(input)}, but the history goes on with ${progress.of}: ${changed}`);
  }
  return progress;
}

const changed = 'the code was changed under it, or does not decide the same when it is replayed';
