/**
 * The schemas of steps, and the parser of posted ones: it gives each step an id, and reports every validation error of their
 * shape with its JSON path.
 */
import * as z from 'zod';
import type { EventKind } from '../../calls/event.ts';
import { transitions } from '../../calls/transitions.ts';
import type { FieldError } from '../../errors.ts';
import { fieldErrors } from '../../operations/parse-input.ts';
import { initialSilenceTimeoutSeconds, interToneTimeoutSeconds, maxTones, stopTones } from './collect-operations.ts';
import {
  type Definition,
  kindOf,
  limits,
  listsIn,
  longestMs,
  millisecondsOf,
  type Step,
  type StepKind,
  stepKinds,
  stepsIn,
} from './definition.ts';
import { within } from './json-path.ts';

/** How long a step may take. */
export const duration = z
  .string()
  .refine(
    (text) => millisecondsOf(text) >= 0 && millisecondsOf(text) <= longestMs,
    `expected an ISO 8601 duration of at most ${limits.hours} h, such as PT20S`,
  )
  .meta({ id: 'Duration', description: 'ISO 8601 duration', example: 'PT20S' });

const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected a letter, then letters, digits, dashes or underscores')
  // A step's record is found by its id: every object seems to have a member of these names.
  .refine((name) => !(name in {}), 'expected another name: JavaScript reserves this one')
  .meta({
    id: 'StepId',
    description: 'Names the step in references; by default it is derived from the operation or the kind of step',
  })
  .optional();

const scalar = z
  .union([z.string(), z.number(), z.boolean()], 'expected a string, a number or a boolean')
  .meta({ id: 'Scalar' });

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
  })
  .meta({ id: 'Condition' });

const onFailure = z.enum(['stop', 'continue', 'compensate']).meta({ id: 'OnFailure' }).optional();
const fields = z.record(z.string(), z.unknown());
export const eventKind = z.enum(Object.keys(transitions) as [EventKind, ...EventKind[]]).meta({ id: 'EventKind' });

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
    while: z.strictObject({
      id,
      while: z.strictObject({ present: z.string() }),
      steps,
      onDeparture: steps.optional(),
    }),
    sendDigits: z.strictObject({
      id,
      sendDigits: z.strictObject({ to: z.string(), digits: z.string() }),
      onFailure,
    }),
    collect: z.strictObject({
      id,
      collect: z.strictObject({
        listening: z.string(),
        prompt: fields.optional(),
        maxTones: maxTones.unwrap(),
        stopTones,
        accepts: stopTones,
        interToneTimeoutSeconds,
        initialSilenceTimeoutSeconds,
      }),
      onFailure,
    }),
    result: z.strictObject({ id, result: fields }),
    fail: z.strictObject({ id, fail: z.strictObject({ code: z.string().min(1), message: z.string() }) }),
  };
}

const stepSchema: z.ZodType<Step> = z
  .lazy(() => z.union(Object.values(stepSchemas(z.array(stepSchema)))) as unknown as z.ZodType<Step>)
  .meta({ id: 'Step' });

/** The schema of a list of steps for the documentation; `parseDefinition` and `checkDefinition` validate posted ones. */
export const stepListSchema = z.array(stepSchema).max(limits.steps);

/** Accepts any list: `parseDefinition` and `checkDefinition` report what is wrong with each step. */
export const stepsAsPosted = z
  .array(z.unknown(), 'expected a list of steps')
  .meta({ description: 'Steps, like those of a sequence' }) as unknown as z.ZodType<readonly Step[], readonly Step[]>;

/** The members of a request that hold steps, before validation. */
export interface PostedDefinition {
  readonly steps?: unknown;
  readonly finally?: unknown;
}

/** A definition as far as it could be parsed, and the validation errors of the rest. */
export interface ParsedDefinition {
  readonly definition: Required<Definition>;
  readonly errors: readonly FieldError[];
}

const schemas = stepSchemas(z.array(z.unknown()));

/** Parses a definition. An empty step replaces an invalid one, so that the others can be checked too. */
export function parseDefinition({ steps, finally: last = [] }: PostedDefinition): ParsedDefinition {
  const errors: FieldError[] = [];
  const parsed = { steps: parseList(steps, 'steps', errors), finally: parseList(last, 'finally', errors) };
  const all = [...stepsIn(parsed.steps), ...stepsIn(parsed.finally)];
  if (parsed.steps.length === 0 && errors.length === 0) {
    errors.push({ path: 'steps', message: 'expected at least one step' });
  }
  if (all.length > limits.steps) {
    errors.push({ path: 'steps', message: `at most ${limits.steps} steps, got ${all.length}` });
  }
  const unrolled = unrolledCount(parsed.steps) + unrolledCount(parsed.finally);
  if (unrolled > limits.unrolledSteps) {
    const message = `repetitions make at most ${limits.unrolledSteps} steps, got ${unrolled}`;
    errors.push({ path: 'steps', message });
  }
  const usedIds = new Set(all.flatMap((step) => step.id ?? []));
  return { definition: { steps: withIds(parsed.steps, usedIds), finally: withIds(parsed.finally, usedIds) }, errors };
}

function parseList(value: unknown, path: string, errors: FieldError[]): Step[] {
  if (!Array.isArray(value)) {
    errors.push({ path, message: 'expected a list of steps' });
    return [];
  }
  return value.map((one, index) => parseStep(one, `${path}[${index}]`, errors));
}

function parseStep(value: unknown, path: string, errors: FieldError[]): Step {
  const kind = typeof value === 'object' && value !== null ? kindOf(value) : undefined;
  if (kind === undefined) {
    errors.push({ path, message: `expected a step with one of ${stepKinds.join(', ')}` });
    return emptyStepFor(value);
  }
  const parsed = schemas[kind].safeParse(value);
  if (!parsed.success) {
    errors.push(...parsed.error.issues.flatMap(fieldErrors).map((error) => within(path, error)));
    return emptyStepFor(value);
  }
  const step = parsed.data as unknown as Step;
  return mapLists(step, (steps, at) => parseList(steps, `${path}.${at}`, errors));
}

/** An empty step with the id of an invalid one, because other steps may refer to it. */
function emptyStepFor(value: unknown): Step {
  const { id: given } = Object(value);
  return { ...(typeof given === 'string' && { id: given }), result: {} };
}

/** A step with each of its lists replaced. */
function mapLists(step: Step, map: (steps: readonly Step[], path: string) => Step[]): Step {
  if ('do' in step) {
    return step.onTimeout ? { ...step, onTimeout: map(step.onTimeout, 'onTimeout') } : step;
  }
  if ('if' in step) {
    return { ...step, then: map(step.then, 'then'), ...(step.else && { else: map(step.else, 'else') }) };
  }
  if ('parallel' in step) {
    return { ...step, parallel: step.parallel.map((steps, index) => map(steps, `parallel[${index}]`)) };
  }
  if ('while' in step) {
    const { onDeparture } = step;
    return {
      ...step,
      steps: map(step.steps, 'steps'),
      ...(onDeparture && { onDeparture: map(onDeparture, 'onDeparture') }),
    };
  }
  return 'repeat' in step
    ? { ...step, repeat: { ...step.repeat, steps: map(step.repeat.steps, 'repeat.steps') } }
    : step;
}

/** Names a step without an id by its operation or its kind; later ones get a number. */
function withIds(steps: readonly Step[], usedIds: Set<string>): Step[] {
  return steps.map((step) => {
    const stepId = step.id ?? freeId('do' in step ? step.do : String(kindOf(step)), usedIds);
    return mapLists({ ...step, id: stepId }, (list) => withIds(list, usedIds));
  });
}

function freeId(base: string, usedIds: Set<string>): string {
  let candidate = base;
  for (let count = 2; usedIds.has(candidate); count += 1) {
    candidate = `${base}-${count}`;
  }
  usedIds.add(candidate);
  return candidate;
}

function unrolledCount(steps: readonly Step[]): number {
  const counts = steps.map((step) => {
    const nested = listsIn(step).reduce((sum, list) => sum + unrolledCount(list.steps), 0);
    return 1 + ('repeat' in step ? step.repeat.times * nested : nested);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
