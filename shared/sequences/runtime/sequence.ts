/** The sequence resource: the progress of a sequence, step by step. */
import * as z from 'zod';
import { acsCodes } from '../../calls/acs-codes.ts';
import { endStatuses, type Plan, type State, type StepRecord, stepStatuses } from '../interpreter/state.ts';
import { type Definition, listsIn, type Step } from '../language/definition.ts';

export const sequenceStatuses = ['running', ...endStatuses] as const;

const errorSchema = z.object({ code: z.string(), message: z.string(), ...acsCodes }).meta({ id: 'SequenceError' });

const stepSchema = z.object({
  id: z.string().meta({ description: 'The id of the step, with `#` and the round where it is repeated' }),
  do: z
    .string()
    .meta({ description: 'The operation, `wait`, `waitFor`, `collect`, or `while` of a block whose participant left' }),
  status: z.enum(['pending', ...stepStatuses]),
  operationId: z.uuid().optional(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  error: errorSchema.optional(),
  stops: z.string().optional().meta({ description: 'The step that this one stops or undoes' }),
});

/** The sequence resource of the API. */
export const sequenceSchema = z
  .object({
    sequenceId: z.uuid(),
    name: z.string().optional().meta({ description: 'The built-in sequence or the orchestrator' }),
    callId: z.uuid().optional(),
    status: z.enum(sequenceStatuses).meta({ id: 'SequenceStatus' }),
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

/** The resource of a plan and its state. */
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

/** A sequence runs until its `finally` is done. */
export function statusOf({ phase, ending }: State): Sequence['status'] {
  return phase === 'ended' && ending ? ending.status : 'running';
}

/** The steps that have started, in that order, then the others. */
function stepsOf(definition: Definition, { steps, phase }: State): SequenceStep[] {
  const started = Object.values(steps);
  const startedIds = new Set(started.map(({ key }) => key.split(/[#~]/)[0]));
  const others = [...pending(definition.steps), ...pending(definition.finally ?? [])].filter(
    ({ id }) => !startedIds.has(id),
  );
  const status = phase === 'ended' ? 'skipped' : 'pending';
  return [...started.map(toStep), ...others.map((step) => ({ ...step, status }) as const)];
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

const waits = ['wait', 'waitFor', 'collect'];

/** The steps that perform an operation or wait; the others only decide which of these run. */
function pending(steps: readonly Step[]): { readonly id: string; readonly do: string }[] {
  return steps.flatMap((step) => {
    const what = 'do' in step ? step.do : waits.find((kind) => kind in step);
    const nested = listsIn(step).flatMap((list) => pending(list.steps));
    return what === undefined ? nested : [{ id: String(step.id), do: what }, ...nested];
  });
}
