/** The messages between an orchestrator and its activities: ids, names, codes and times, because Durable keeps them. */
import { canonicalParticipant } from '../../../acs/wire/identifiers.ts';
import type { Ending, StepBatch } from '../../interpreter/interpreter.ts';
import type { StepStatus } from '../../interpreter/state.ts';
import type { Condition } from '../../language/definition.ts';
import { isReference } from '../../language/references.ts';

/** The names of the activities in Durable Functions. */
export const activityNames = { batch: 'advanceBatch', condition: 'evaluateCondition', end: 'endSequence' } as const;

/** The input of the orchestration. */
export interface FlowInput {
  readonly sequenceId: string;
  readonly shown: Readonly<Record<string, unknown>>;
}

/** The outcome of a step. */
export interface Outcome {
  readonly id: string;
  readonly status: StepStatus;
  readonly operationId?: string;
  /** The call of its operation. */
  readonly callId?: string;
  /** The event that a wait consumed. */
  readonly event?: string;
  readonly error?: { readonly code: string };
}

export interface BatchInput extends StepBatch {
  readonly sequenceId: string;
  readonly since: LastCheck;
}

/** What the last check found: its running steps, and how many rechecks in a row before this one found the same. */
export interface LastCheck {
  readonly open: readonly string[];
  readonly rechecks: number;
}

/** The progress of a batch: the outcomes once all of its steps are done. `steps` names it by the ids of its steps. */
export type BatchProgress =
  | {
      readonly status: 'running';
      readonly steps: string;
      readonly open: readonly string[];
      readonly rechecks: number;
      readonly wakeAt: string;
    }
  | { readonly status: 'done'; readonly steps: string; readonly outcomes: readonly Outcome[] }
  | { readonly status: 'stopped' };

/** The name of a batch: the ids of its steps. */
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

/** The JSON paths in a value where a phone number or a raw id is written out. */
export function participantsIn(value: unknown, path: string): string[] {
  if (typeof value === 'string') {
    return !isReference(value) && canonicalParticipant(value) !== undefined ? [path] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) =>
        participantsIn(member, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`),
      )
    : [];
}
