/** What a sequence is made of: the steps that callers post, and that the built-ins are, as data. */
import * as z from 'zod';
import type { EventKind } from '../../calls/event.ts';
import { transitions } from '../../calls/transitions.ts';
import { inBounds, limits } from './limits.ts';

/** A value to compare with. */
export type Scalar = string | number | boolean;

/** What the value at a reference must be; exactly one of the three. */
export interface Condition {
  readonly ref: string;
  readonly equals?: Scalar | undefined;
  readonly in?: readonly Scalar[] | undefined;
  readonly exists?: boolean | undefined;
}

/** What becomes of the sequence when a step does not succeed. `stop` unless said otherwise. */
export type OnFailure = 'stop' | 'continue' | 'compensate';

/** Perform an operation and wait until it settled. */
export interface DoStep {
  readonly id?: string | undefined;
  /** The name of the operation. */
  readonly do: string;
  /** Its input, and the ids of its path; `callId` is that of the sequence unless given. */
  readonly with?: Readonly<Record<string, unknown>> | undefined;
  readonly onFailure?: OnFailure | undefined;
  /** ISO 8601. After it `onTimeout` begins; the step goes on waiting for the outcome of its operation. */
  readonly timeout?: string | undefined;
  readonly onTimeout?: readonly Step[] | undefined;
  /** What people pressed or said is in the result of the sequence only. */
  readonly masked?: boolean | undefined;
}

/** Wait. It fails when the call ends first. */
export interface WaitStep {
  readonly id?: string | undefined;
  readonly wait: string;
  readonly onFailure?: OnFailure | undefined;
}

/** Wait for an event of the call. One that came since the step before began counts. */
export interface WaitForStep {
  readonly id?: string | undefined;
  readonly waitFor: { readonly events: readonly EventKind[]; readonly timeout: string };
  readonly onFailure?: OnFailure | undefined;
}

/** Go one way or the other. */
export interface IfStep {
  readonly id?: string | undefined;
  readonly if: Condition;
  readonly then: readonly Step[];
  readonly else?: readonly Step[] | undefined;
}

/** Several lists at once, until all are through, or the first is: then the others are stopped and undone. */
export interface ParallelStep {
  readonly id?: string | undefined;
  readonly parallel: readonly (readonly Step[])[];
  readonly until?: 'all' | 'first' | undefined;
  readonly onFailure?: OnFailure | undefined;
}

/** A list again and again, at most so many times, until the condition holds after a round. */
export interface RepeatStep {
  readonly id?: string | undefined;
  readonly repeat: {
    readonly times: number;
    readonly steps: readonly Step[];
    readonly until?: Condition | undefined;
  };
}

/** Tell something in the result of the sequence. */
export interface ResultStep {
  readonly id?: string | undefined;
  readonly result: Readonly<Record<string, unknown>>;
}

/** End the list as a failure of one's own. */
export interface FailStep {
  readonly id?: string | undefined;
  readonly fail: { readonly code: string; readonly message: string };
}

export type Step = DoStep | WaitStep | WaitForStep | IfStep | ParallelStep | RepeatStep | ResultStep | FailStep;

/** The whole of it. `finally` runs once, however the steps ended. */
export interface Definition {
  readonly steps: readonly Step[];
  readonly finally?: readonly Step[] | undefined;
}

/** The steps of each kind, by the member that tells the kind. */
export interface StepKinds {
  do: DoStep;
  wait: WaitStep;
  waitFor: WaitForStep;
  if: IfStep;
  parallel: ParallelStep;
  repeat: RepeatStep;
  result: ResultStep;
  fail: FailStep;
}

export type StepKind = keyof StepKinds;

/** A time that a step takes. */
export const duration = z
  .string()
  .refine(inBounds, `expected an ISO 8601 duration of at most ${limits.hours} h, such as PT20S`)
  .meta({ description: 'ISO 8601 duration', example: 'PT20S' });

const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected a letter, then letters, digits, dashes or underscores')
  .optional()
  .meta({ description: 'Names the step in references; made of what it does unless given' });

const scalar = z.union([z.string(), z.number(), z.boolean()], 'expected a string, a number or a boolean');

const condition = z
  .strictObject({
    ref: z.string(),
    equals: scalar.optional(),
    in: z.array(scalar).min(1).optional(),
    exists: z.boolean().optional(),
  })
  .refine(({ equals, in: list, exists }) => [equals, list, exists].filter((one) => one !== undefined).length === 1, {
    message: 'expected exactly one of equals, in and exists',
    when: () => true,
  });

const onFailure = z.enum(['stop', 'continue', 'compensate']).optional();
const fields = z.record(z.string(), z.unknown());
export const eventKind = z.enum(Object.keys(transitions) as [EventKind, ...EventKind[]]);

/** The schema of each kind of step, where `steps` is the schema of a list of steps. */
export function stepSchemas(steps: z.ZodType<readonly unknown[]>): Readonly<Record<StepKind, z.ZodObject>> {
  return {
    do: z.strictObject({
      id,
      do: z.string(),
      with: fields.optional(),
      onFailure,
      timeout: duration.optional(),
      onTimeout: steps.optional(),
      masked: z.boolean().optional(),
    }),
    wait: z.strictObject({ id, wait: duration, onFailure }),
    waitFor: z.strictObject({
      id,
      waitFor: z.strictObject({ events: z.array(eventKind).min(1), timeout: duration }),
      onFailure,
    }),
    if: z.strictObject({ id, if: condition, then: steps, else: steps.optional() }),
    parallel: z.strictObject({
      id,
      parallel: z.array(steps).min(2, 'expected at least two lists'),
      until: z.enum(['all', 'first']).optional(),
      onFailure,
    }),
    repeat: z.strictObject({
      id,
      repeat: z.strictObject({ times: z.int().min(1).max(limits.repeats), steps, until: condition.optional() }),
    }),
    result: z.strictObject({ id, result: fields }),
    fail: z.strictObject({ id, fail: z.strictObject({ code: z.string().min(1), message: z.string() }) }),
  };
}

const stepSchema: z.ZodType<Step> = z
  .lazy(() => z.union(Object.values(stepSchemas(z.array(stepSchema)))) as unknown as z.ZodType<Step>)
  .meta({ id: 'Step' });

/** The schema of a list of steps for those who read: what is wrong with one is told by `checkDefinition`. */
export const stepListSchema = z.array(stepSchema).max(limits.steps);

/** Steps as they are posted: what is wrong with each is told by `parseDefinition` and `checkDefinition`. */
export const stepsAsPosted = z
  .array(z.unknown(), 'expected a list of steps')
  .meta({ description: 'Steps, like those of a sequence' }) as unknown as z.ZodType<readonly Step[], readonly Step[]>;

/** The kind of a step; undefined when it has not the member of exactly one. */
export function kindOf(step: object): StepKind | undefined {
  const [kind, ...others] = stepKinds.filter((one) => Object.hasOwn(step, one));
  return others.length === 0 ? kind : undefined;
}

export const stepKinds = [
  'do',
  'wait',
  'waitFor',
  'if',
  'parallel',
  'repeat',
  'result',
  'fail',
] as const satisfies StepKind[];

/** The lists of steps within a step, and where they are. */
export function listsIn(step: Step): { readonly path: string; readonly steps: readonly Step[] }[] {
  if ('do' in step) {
    return step.onTimeout ? [{ path: 'onTimeout', steps: step.onTimeout }] : [];
  }
  if ('if' in step) {
    return [{ path: 'then', steps: step.then }, ...(step.else ? [{ path: 'else', steps: step.else }] : [])];
  }
  if ('parallel' in step) {
    return step.parallel.map((steps, index) => ({ path: `parallel[${index}]`, steps }));
  }
  return 'repeat' in step ? [{ path: 'repeat.steps', steps: step.repeat.steps }] : [];
}
