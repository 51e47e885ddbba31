/** How far a walk through steps came, and what the outcome of a step means for the list it is in. Pure. */
import type { OnFailure } from '../language/definition.ts';
import type { StepError, StepRecord } from './state.ts';

/** A list of steps that cannot go on. */
export interface Failure {
  readonly status: 'failed' | 'timedOut';
  readonly error: StepError;
  readonly undo: boolean;
}

/** How far a walk came. */
export type StepsProgress = 'open' | 'through' | Failure;

/** What the outcome of a step means. */
export function outcomeOf(record: StepRecord, onFailure?: OnFailure): StepsProgress {
  if (record.status === 'succeeded' || record.status === 'skipped' || onFailure === 'continue') {
    return 'through';
  }
  const { key, status, error = { code: status, message: `The operation ended ${status}.` } } = record;
  return {
    status: status === 'timedOut' && record.operationId === undefined ? 'timedOut' : 'failed',
    error: { code: error.code, message: `Step ${key}: ${error.message}` },
    undo: onFailure === 'compensate',
  };
}

/** What the failure of a list means where some are tolerated. */
export function tolerant(came: StepsProgress, onFailure: OnFailure | undefined): StepsProgress {
  if (typeof came !== 'object') {
    return came;
  }
  return onFailure === 'continue' ? 'through' : { ...came, undo: came.undo || onFailure === 'compensate' };
}
