/** What an orchestrator and its activities say to each other: ids, names, codes and times, for Durable keeps all of it. */

import type { Ending, StepBatch } from '../../interpreter/interpreter.ts';
import type { StepStatus } from '../../interpreter/state.ts';
import type { Condition } from '../../language/definition.ts';

/** The names of the activities in Durable Functions. */
export const activityNames = { turn: 'takeTurn', test: 'testCondition', end: 'endSequence' } as const;

/** What the orchestration is started with. */
export interface FlowInput {
  readonly sequenceId: string;
  readonly shown: Readonly<Record<string, unknown>>;
}

/** What became of a step. */
export interface Outcome {
  readonly id: string;
  readonly status: StepStatus;
  readonly operationId?: string;
  /** The call that its operation was on. */
  readonly callId?: string;
  /** The event that a wait took. */
  readonly event?: string;
  readonly error?: { readonly code: string };
}

export interface BatchInput extends StepBatch {
  readonly sequenceId: string;
  /** How often this turn was looked at in vain. */
  readonly attempt: number;
}

/** How far a turn came: the outcomes once all of its steps are through. */
export type BatchProgress =
  | { readonly is: 'open'; readonly of: string; readonly open: readonly string[]; readonly wakeAt: string }
  | { readonly is: 'through'; readonly of: string; readonly outcomes: readonly Outcome[] }
  | { readonly is: 'stopped' };

/** Which turn it is, by its steps. */
export function idsOf({ steps }: Pick<StepBatch, 'steps'>): string {
  return steps.map(({ id }) => id).join();
}

export interface ConditionInput {
  readonly sequenceId: string;
  readonly condition: Condition;
}

export interface EndInput extends Ending {
  readonly sequenceId: string;
}
