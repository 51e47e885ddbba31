/**
 * The orchestrator: carries its sequence on whenever something happened or is due. What it knows is in the ledger, which
 * it reads anew on every wake; Durable Functions keeps it going across crashes and deployments. Its history holds ids,
 * names of steps and times.
 */
import type { OrchestrationContext, OrchestrationHandler, Task } from 'durable-functions';
import type { Progress } from './advance.ts';

/** The names in Durable Functions: of the orchestrator, of its activity, of the event that wakes it. */
export const durableNames = { orchestrator: 'sequence', activity: 'carryOnSequence', wake: 'wake' } as const;

/** What a sequence's orchestration is started with. */
export interface SequenceInput {
  readonly sequenceId: string;
}

/** After so many wakes the history begins anew. */
const wakesPerHistory = 50;

/** After an attempt that failed. */
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
      // A wait that was left would swallow the next event: a new history has none.
      break;
    }
    timer.cancel();
  }
  return df.continueAsNew(input);
};

/** Whatever failed, the sequence is as it was: it is tried again. */
function* attempt(df: OrchestrationContext['df'], input: SequenceInput): Generator<Task, Progress, unknown> {
  try {
    return (yield df.callActivity(durableNames.activity, input)) as Progress;
  } catch {
    const wakeAt = new Date(df.currentUtcDateTime.getTime() + retrySeconds * 1000).toISOString();
    return { status: 'running', open: [], wakeAt };
  }
}
