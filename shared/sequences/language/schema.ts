/** Reads posted steps: tells every fault of their shape with its place, and gives each step an id. */
import * as z from 'zod';
import type { FieldError } from '../../errors.ts';
import { fieldErrors } from '../../operations/parse-input.ts';
import { type Definition, kindOf, listsIn, type Step, stepKinds, stepSchemas } from './definition.ts';
import { within } from './json-path.ts';
import { limits } from './limits.ts';

/** What was posted. */
export interface PostedDefinition {
  readonly steps?: unknown;
  readonly finally?: unknown;
}

/** A definition as far as it could be read, and what was wrong with the rest. */
export interface ParsedDefinition {
  readonly definition: Required<Definition>;
  readonly errors: readonly FieldError[];
}

const schemas = stepSchemas(z.array(z.unknown()));

/** Reads a definition. In the place of a step that is wrong stands an empty one, so that the others can be checked too. */
export function parseDefinition({ steps, finally: last = [] }: PostedDefinition): ParsedDefinition {
  const faults: FieldError[] = [];
  const read = { steps: readList(steps, 'steps', faults), finally: readList(last, 'finally', faults) };
  const all = [...stepsIn(read.steps), ...stepsIn(read.finally)];
  if (read.steps.length === 0 && faults.length === 0) {
    faults.push({ path: 'steps', message: 'expected at least one step' });
  }
  if (all.length > limits.steps) {
    faults.push({ path: 'steps', message: `at most ${limits.steps} steps, got ${all.length}` });
  }
  const unrolled = unrolledCount(read.steps) + unrolledCount(read.finally);
  if (unrolled > limits.unrolledSteps) {
    const message = `repetitions make at most ${limits.unrolledSteps} steps, got ${unrolled}`;
    faults.push({ path: 'steps', message });
  }
  const taken = new Set(all.flatMap(({ id }) => id ?? []));
  return { definition: { steps: withIds(read.steps, taken), finally: withIds(read.finally, taken) }, errors: faults };
}

/** The steps of a list, those within others included. */
export function stepsIn(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...listsIn(step).flatMap((list) => stepsIn(list.steps))]);
}

function readList(value: unknown, path: string, faults: FieldError[]): Step[] {
  if (!Array.isArray(value)) {
    faults.push({ path, message: 'expected a list of steps' });
    return [];
  }
  return value.map((one, index) => readStep(one, `${path}[${index}]`, faults));
}

function readStep(value: unknown, path: string, faults: FieldError[]): Step {
  const kind = typeof value === 'object' && value !== null ? kindOf(value) : undefined;
  if (kind === undefined) {
    faults.push({ path, message: `expected a step with one of ${stepKinds.join(', ')}` });
    return inPlaceOf(value);
  }
  const parsed = schemas[kind].safeParse(value);
  if (!parsed.success) {
    faults.push(...parsed.error.issues.flatMap(fieldErrors).map((fault) => within(path, fault)));
    return inPlaceOf(value);
  }
  const step = parsed.data as unknown as Step;
  return mapLists(step, (steps, at) => readList(steps, `${path}.${at}`, faults));
}

/** An empty step, by the id of one that is wrong: others may refer to it. */
function inPlaceOf(value: unknown): Step {
  const { id } = Object(value);
  return { ...(typeof id === 'string' && { id }), result: {} };
}

/** A step whose lists of steps are replaced. */
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
  return 'repeat' in step
    ? { ...step, repeat: { ...step.repeat, steps: map(step.repeat.steps, 'repeat.steps') } }
    : step;
}

/** A step without an id has the name of what it does; further ones are numbered. */
function withIds(steps: readonly Step[], taken: Set<string>): Step[] {
  return steps.map((step) => {
    const id = step.id ?? freeId('do' in step ? step.do : String(kindOf(step)), taken);
    return mapLists({ ...step, id }, (list) => withIds(list, taken));
  });
}

function freeId(base: string, taken: Set<string>): string {
  let id = base;
  for (let count = 2; taken.has(id); count += 1) {
    id = `${base}-${count}`;
  }
  taken.add(id);
  return id;
}

function unrolledCount(steps: readonly Step[]): number {
  const counts = steps.map((step) => {
    const inside = listsIn(step).reduce((sum, list) => sum + unrolledCount(list.steps), 0);
    return 1 + ('repeat' in step ? step.repeat.times * inside : inside);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
