/**
 * The activities of orchestrators: here references become values, and here the ledger is asked. Each may be repeated. In an
 * orchestration without a sequence nothing is done.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import { holds } from '../../interpreter/conditions.ts';
import { namesOf } from '../../interpreter/draft.ts';
import { advanceBatch, advanceToEnd } from '../../interpreter/interpreter.ts';
import type { StepRecord } from '../../interpreter/state.ts';
import { finish, nextCheckAt, openSteps } from '../../runtime/advance.ts';
import { advanceWith } from '../../runtime/advance-step-sequence.ts';
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

/** Advances the steps of a turn until only time or an event can. */
const takeTurn: Activity<BatchInput> = async (
  ledger,
  sequences,
  { sequenceId, attempt: looks, ...turn },
): Promise<BatchProgress> => {
  const driven = await advanceWith(ledger, sequences, sequenceId, (plan, state, seen) =>
    advanceBatch(plan, state, seen, turn),
  );
  if (!driven?.last || driven.last.isStopped) {
    return { is: 'stopped' };
  }
  const { state, last } = driven;
  if (last.isRunning) {
    const patienceSeconds = Math.min(sequences.recheckSeconds * 2 ** looks, longestRecheckSeconds);
    return {
      is: 'open',
      of: idsOf(turn),
      open: openSteps(state),
      wakeAt: nextCheckAt(ledger, patienceSeconds, last.wakeAt),
    };
  }
  const outcomes = turn.steps.map(({ id }) => outcomeOf(String(id), state.steps[String(id)]));
  return { is: 'through', of: idsOf(turn), outcomes };
};

/** A history grows with every look. */
const longestRecheckSeconds = 3600;

/** A step without a record, such as one that tells, does not fail. */
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

const testCondition: Activity<ConditionInput> = async (
  _ledger,
  sequences,
  { sequenceId, condition },
): Promise<boolean> => {
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), sequences.store.readState(sequenceId)]);
  return plan !== undefined && stored !== undefined && holds(condition, namesOf({ plan, state: stored.state }, ''));
};

/** Writes down how a sequence ended, and tells. Returns its status. */
const endSequence: Activity<EndInput> = async (ledger, sequences, { sequenceId, ...ending }): Promise<string> => {
  const driven = await advanceWith(ledger, sequences, sequenceId, (plan, state, seen) =>
    advanceToEnd(plan, state, seen, ending),
  );
  if (!driven) {
    return 'unknown';
  }
  await finish(ledger, sequences, driven.plan, driven.state);
  return statusOf(driven.state);
};

/** The activities by their names in Durable Functions. */
export const activities: Readonly<Record<string, Activity<never>>> = {
  [activityNames.turn]: takeTurn,
  [activityNames.test]: testCondition,
  [activityNames.end]: endSequence,
};
