/** The sequence resource: how far a sequence is, step by step. */
import * as z from 'zod';
import { endStatuses, type Plan, type State, type StepRecord, stepStatuses } from '../interpreter/state.ts';
import type { Definition, Step } from '../language/definition.ts';
import { listsIn } from '../language/definition.ts';

export const sequenceStatuses = ['running', ...endStatuses] as const;

const errorSchema = z.object({ code: z.string(), message: z.string() });

const stepSchema = z.object({
  id: z.string().meta({ description: 'The id of the step, `#` and the round where it is repeated' }),
  do: z.string().meta({ description: 'The operation, `wait` or `waitFor`' }),
  status: z.enum(['pending', ...stepStatuses]),
  operationId: z.uuid().optional(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  error: errorSchema.optional(),
  stops: z.string().optional().meta({ description: 'The step that this one stops or takes back' }),
});

/** The sequence resource of the API. */
export const sequenceSchema = z
  .object({
    sequenceId: z.uuid(),
    name: z.string().optional().meta({ description: 'The built-in that it is' }),
    callId: z.uuid().optional(),
    status: z.enum(sequenceStatuses),
    steps: z.array(stepSchema),
    result: z.record(z.string(), z.unknown()).optional(),
    error: errorSchema.optional(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    cancelRequestedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Sequence' });

export type Sequence = Readonly<z.infer<typeof sequenceSchema>>;
type SequenceStep = Sequence['steps'][number];

/** The resource, of what was planned and what became of it. */
export function toSequence({ sequenceId, name, createdAt, definition }: Plan, state: State): Sequence {
  const { callId, ending, result, endedAt, cancelRequestedAt } = state;
  return {
    sequenceId,
    ...(name !== undefined && { name }),
    ...(callId !== undefined && { callId }),
    status: statusOf(state),
    steps: stepsOf(definition, state),
    ...(result && { result: { ...result } }),
    ...(ending?.error && { error: ending.error }),
    createdAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(cancelRequestedAt !== undefined && { cancelRequestedAt }),
  };
}

/** A sequence runs until what follows its steps is through as well. */
export function statusOf({ phase, ending }: State): Sequence['status'] {
  return phase === 'ended' && ending ? ending.status : 'running';
}

/** What has begun in the order in which it did, then what has not. */
function stepsOf(definition: Definition, { steps, phase }: State): SequenceStep[] {
  const begun = Object.values(steps);
  const known = new Set(begun.map(({ key }) => key.split(/[#~]/)[0]));
  const others = [...pending(definition.steps), ...pending(definition.finally ?? [])].filter(
    ({ id }) => !known.has(id),
  );
  const status = phase === 'ended' ? 'skipped' : 'pending';
  return [...begun.map(toStep), ...others.map((step) => ({ ...step, status }) as const)];
}

function toStep({ key, do: what, status, operationId, startedAt, endedAt, error, stops }: StepRecord): SequenceStep {
  return {
    id: key,
    do: what,
    status,
    ...(operationId !== undefined && { operationId }),
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(error && { error }),
    ...(stops !== undefined && { stops }),
  };
}

/** The steps that do something; the others only lead from one to another. */
function pending(steps: readonly Step[]): { readonly id: string; readonly do: string }[] {
  return steps.flatMap((step) => {
    const what = 'do' in step ? step.do : 'wait' in step ? 'wait' : 'waitFor' in step ? 'waitFor' : undefined;
    const inside = listsIn(step).flatMap((list) => pending(list.steps));
    return what === undefined ? inside : [{ id: String(step.id), do: what }, ...inside];
  });
}
