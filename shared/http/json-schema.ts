/** JSON schemas for the OpenAPI document: a schema with an id is described once, among the components, and referred to. */
import * as z from 'zod';

export type Json = Readonly<Record<string, unknown>>;

/** The schema, or a reference to the component that it is. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, $defs: __, ...described } = converted(schema, io);
  return described;
}

/** The components that these schemas refer to, by id. */
export function componentsOf(schemas: readonly z.ZodType[], io: 'input' | 'output'): Json {
  return Object.assign({}, ...schemas.map((schema) => converted(schema, io).$defs));
}

/** zod refers to definitions beside the schema; in the document they are components. */
function converted(schema: z.ZodType, io: 'input' | 'output'): Json & { readonly $defs?: Json } {
  const described = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any', reused: 'inline' });
  return JSON.parse(JSON.stringify(described).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
