/** Defines a built-in sequence: one literal, from which validation, docs, diagram and tests are derived. */
import type { z } from 'zod';
import type { Definition } from '../language/definition.ts';

export interface BuiltIn<Name extends string = string, Schema extends z.ZodObject = z.ZodObject> {
  readonly name: Name;
  readonly summary: string;
  /** A strict object. A `callId` among its fields is the call of the sequence. Only members named `steps` hold references. */
  readonly input: Schema;
  /** The field of its input that names the person whom it serves; a routing rule fills it with the caller. */
  readonly serves?: keyof z.output<Schema> & string;
  /** An input for docs and tests, without `callId`. */
  readonly example: z.input<Schema>;
  /** The steps for an input. They are stored when the sequence starts, so a later version does not affect it. */
  readonly define: (input: z.output<Schema>) => Definition;
}

/** A built-in with the types of its input. */
export function defineSequence<Name extends string, Schema extends z.ZodObject>(
  builtIn: BuiltIn<Name, Schema>,
): BuiltIn<Name, Schema> {
  return builtIn;
}

/** The steps of a built-in for an input. One that acts on a call answers it first, if that still rings. */
export function definitionOf(
  { input: { shape }, define }: BuiltIn,
  input: Readonly<Record<string, unknown>>,
  incomingCallId: string | undefined,
): Definition {
  const definition = define(input);
  const answersFirst = incomingCallId !== undefined && Object.hasOwn(shape, 'callId');
  return answersFirst ? { ...definition, steps: [{ do: 'answerCall' }, ...definition.steps] } : definition;
}
