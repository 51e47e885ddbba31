/** The input of an operation in short, for the timeline: no number, name, digit, word or address of it. Pure. */
import type * as z from 'zod';
import { peopleIn } from './fields/people.ts';
import type { InputSchema } from './operation.ts';

type Short = Readonly<Record<string, unknown>>;

/**
 * People by their ids, counts of lists, and what is a number, a truth value or a choice of the schema. Any other text may
 * hold what people said or are called, and is left out.
 */
export function shortInput(schema: InputSchema, input: Short, idOf: (participant: string) => string): Short {
  const people = peopleIn(schema, input);
  const members = Object.entries(input).flatMap(([name, value]): [string, unknown][] => {
    const ids = people.filter(({ path }) => path.split(/[.[]/)[0] === name).map((one) => idOf(one.participant));
    if (ids.length > 0) {
      return [[name, Array.isArray(value) ? ids : ids[0]]];
    }
    if (Array.isArray(value)) {
      return [[name, value.length]];
    }
    const isShown = typeof value === 'number' || typeof value === 'boolean' || isChoice(schema, name);
    return isShown ? [[name, value]] : [];
  });
  return Object.fromEntries(members);
}

/** Whether a field takes one of a list of texts. */
function isChoice(schema: InputSchema, name: string): boolean {
  const { shape } = (schema as unknown as z.ZodObject).def;
  const field: z.core.$ZodType | undefined = shape[name];
  return field !== undefined && typeOf(field) === 'enum';
}

function typeOf(field: z.core.$ZodType): string {
  const { def } = (field as z.core.$ZodTypes)._zod;
  return def.type === 'optional' || def.type === 'default' ? typeOf(def.innerType) : def.type;
}
