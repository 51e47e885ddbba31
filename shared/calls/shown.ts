/** What a resource shows of a record: the members of its schema alone, in the schema's order, which is that of reading. Pure. */
import type * as z from 'zod';

/** The members that have a value. */
export function shown<Schema extends z.ZodObject>(schema: Schema, known: z.output<Schema>): z.output<Schema> {
  const members = Object.keys(schema.shape).map((name) => [name, known[name]] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as z.output<Schema>;
}
