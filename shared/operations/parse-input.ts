/** Validates an input against its schema, and reports every invalid field at once. */
import type { z } from 'zod';
import { type FieldError, invalidInput, pathOf } from '../errors.ts';
import { withOwnNames } from './fields/aliases.ts';
import { characterErrors } from './fields/characters.ts';
import type { InputSchema } from './operation.ts';

/** The parsed input, under Switchboard's names of its fields. Throws one 422 with all its validation errors and those found `before` in the same request. */
export function parseInput<Schema extends InputSchema>(
  { input: schema }: { readonly input: Schema },
  input: unknown,
  before: readonly FieldError[] = [],
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  const errors = [...before, ...characterErrors(input), ...(parsed.error?.issues.flatMap(fieldErrors) ?? [])];
  if (!parsed.success || errors.length > 0) {
    throw invalidInput(errors);
  }
  return withOwnNames(parsed.data);
}

/** The validation errors of an input that depend on the settings of the app: its URLs and its people. */
export type CheckInput = (schema: z.ZodType, input: Readonly<Record<string, unknown>>) => readonly FieldError[];

/** One issue of a schema in the API's form. */
export function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'unknown field' }));
  }
  return [{ path: pathOf(issue.path), message: issue.message }];
}
