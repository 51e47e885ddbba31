/**
 * The activities of orchestrators: here references become values, and operations are performed. Durable may run each more
 * than once, so each is idempotent. An orchestration that was started without a sequence does nothing.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import { namesOf } from '../../interpreter/draft.ts';
import { advanceBatch, advanceToEnd } from '../../interpreter/interpreter.ts';
import type { StepRecord } from '../../interpreter/state.ts';
import { holds } from '../../language/references.ts';
import { advanceWith, finish, nextCheckAt, runningSteps } from '../../runtime/advance.ts';
import { statusOf } from '../../runtime/sequence.ts';
import { planOf, type Sequences } from '../../runtime/sequences.ts';
import {
  activityNames,
  type BatchInput,
  type BatchProgress,
  type ConditionInput,
  type EndInput,
  idsOf,
  type Outcome,
} from './protocol.ts';

type Activity<Input> = (ledger: Ledger, sequences: Sequences, input: Input) => Promise<unknown>;

/** Advances a batch until only time or an event can help. */
const runBatch: Activity<BatchInput> = async (
  ledger,
  sequences,
  { sequenceId, since, ...batch },
): Promise<BatchProgress> => {
  const advanced = await advanceWith(ledger, sequences, sequenceId, (plan, state, snapshot) =>
    advanceBatch(plan, state, snapshot, batch),
  );
  if (!advanced?.last || advanced.last.isStopped) {
    return { status: 'stopped' };
  }
  const { state, last } = advanced;
  if (last.isRunning) {
    const open = runningSteps(state);
    const rechecks = open.join() === since.open.join() ? since.rechecks : 0;
    const recheckSeconds = Math.min(sequences.recheckSeconds * 2 ** rechecks, longestRecheckSeconds);
    return {
      status: 'running',
      steps: idsOf(batch),
      open,
      rechecks,
      wakeAt: nextCheckAt(ledger, recheckSeconds, last.wakeAt),
    };
  }
  const outcomes = batch.steps.map(({ id }) => outcomeOf(String(id), state.steps[String(id)]));
  return { status: 'done', steps: idsOf(batch), outcomes };
};

/** Each recheck adds to the history, so they become rarer while nothing happens. */
const longestRecheckSeconds = 3600;

/** A step without a record, such as one that sets the result, cannot fail. */
function outcomeOf(id: string, record: Partial<StepRecord> = {}): Outcome {
  const { status = 'succeeded', operationId, callId, event, error } = record;
  return {
    id,
    status,
    ...(operationId !== undefined && { operationId }),
    ...(callId !== undefined && { callId }),
    ...(event && { event: event.event }),
    ...(error && { error: { code: error.code } }),
  };
}

const evaluateCondition: Activity<ConditionInput> = async (
  _ledger,
  sequences,
  { sequenceId, condition },
): Promise<boolean> => {
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), sequences.store.readState(sequenceId)]);
  return plan !== undefined && stored !== undefined && holds(condition, namesOf({ plan, state: stored.state }, ''));
};

/** Stores how a sequence ended, and notifies its subscribers. Returns its status. */
const endSequence: Activity<EndInput> = async (ledger, sequences, { sequenceId, ...ending }): Promise<string> => {
  const advanced = await advanceWith(ledger, sequences, sequenceId, (plan, state, snapshot) =>
    advanceToEnd(plan, state, snapshot, ending),
  );
  if (!advanced) {
    return 'unknown';
  }
  await finish(ledger, sequences, advanced.plan, advanced.state);
  return statusOf(advanced.state);
};

/** The activities by their names in Durable Functions. */
export const activities: Readonly<Record<string, Activity<never>>> = {
  [activityNames.batch]: runBatch,
  [activityNames.condition]: evaluateCondition,
  [activityNames.end]: endSequence,
};
