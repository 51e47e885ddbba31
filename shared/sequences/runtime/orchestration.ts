/**
 * The orchestration of a sequence of steps: it guarantees that the sequence advances, after every wake and timer, across
 * crashes and deployments. It knows the id of its sequence and nothing of its steps: the state is a row that any process may
 * advance, and Durable's history holds ids, step keys and times.
 */
import type { OrchestrationContext, OrchestrationHandler, Task } from 'durable-functions';
import type { Progress } from './advance.ts';

/** The names in Durable Functions: of the orchestrator, of its activity, of the event that wakes it. */
export const durableNames = { orchestrator: 'sequence', activity: 'advanceSequence', wake: 'wake' } as const;

/** The input of the orchestration. */
export interface SequenceInput {
  readonly sequenceId: string;
}

/** After this many wakes the orchestration continues as new, so that its history stays short. */
const wakesPerHistory = 50;

/** The delay after a failed attempt. */
const retrySeconds = 5;

export const runSequence: OrchestrationHandler = function* ({ df }: OrchestrationContext) {
  const input: SequenceInput = df.getInput() as SequenceInput;
  for (let wakes = 0; wakes < wakesPerHistory; wakes += 1) {
    const progress = yield* attempt(df, input);
    df.setCustomStatus({ status: progress.status, open: progress.open });
    if (progress.wakeAt === undefined) {
      return progress.status;
    }
    const timer = df.createTimer(new Date(progress.wakeAt));
    const first: Task = yield df.Task.any([df.waitForExternalEvent(durableNames.wake), timer]);
    if (first === timer) {
      // A wait left open would consume the next event: a new history has none.
      break;
    }
    timer.cancel();
  }
  return df.continueAsNew(input);
};

/** An attempt that fails leaves a state from which the next one continues. */
function* attempt(df: OrchestrationContext['df'], input: SequenceInput): Generator<Task, Progress, unknown> {
  try {
    return (yield df.callActivity(durableNames.activity, input)) as Progress;
  } catch {
    const wakeAt = new Date(df.currentUtcDateTime.getTime() + retrySeconds * 1000).toISOString();
    return { status: 'running', open: [], wakeAt };
  }
}
