/** JSON schemas for the OpenAPI document, as short as they can be without saying less. */
import * as z from 'zod';

export type Json = Readonly<Record<string, unknown>>;

/** A schema differs between requests and responses: a member with a default is optional in a request only. */
export type Io = 'input' | 'output';

/** The schema by itself: it refers to nothing outside, whatever within it has an id. */
export function jsonSchema(schema: z.ZodType, io: Io): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: withoutIds });
  return JSON.parse(JSON.stringify(described, briefFor(io)));
}

/** zod describes a schema that has an id apart from where it is used. */
const withoutIds: typeof z.globalRegistry = Object.assign(z.registry<z.core.GlobalMeta>(), {
  get(schema: z.core.$ZodType) {
    const { id: _, ...meta } = z.globalRegistry.get(schema) ?? {};
    return meta;
  },
});

/** The schema, and by id the schemas with an id that it refers to. */
export function jsonSchemaWith(schema: z.ZodType, io: Io): { readonly described: Json; readonly shared: Schemas } {
  const converted = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any', reused: 'inline' });
  // zod refers to definitions beside the schema; in the document they are components.
  const text = JSON.stringify(converted, briefFor(io)).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _, $defs: shared = {}, ...described } = JSON.parse(text) as Json & { readonly $defs?: Schemas };
  return { described, shared };
}

type Schemas = Readonly<Record<string, Json>>;

/** Formats that say all that zod's pattern for them says. */
const wholeFormats: readonly unknown[] = ['uuid', 'date-time'];

/**
 * Leaves out of a schema what the rest of it implies, and of a response that it has no other members: clients ignore those
 * that a later version adds.
 */
const briefFor = (io: Io) => (_name: string, value: unknown) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  const schema: Json = { ...value };
  const isImplied = (name: string) =>
    (name === 'pattern' && wholeFormats.includes(schema.format)) ||
    (name === 'type' && schema[name] === 'string' && schema.enum !== undefined) ||
    name === 'readOnly' ||
    (name === 'minimum' && schema[name] === Number.MIN_SAFE_INTEGER) ||
    (name === 'maximum' && schema[name] === Number.MAX_SAFE_INTEGER) ||
    (name === 'propertyNames' && JSON.stringify(schema[name]) === '{"type":"string"}') ||
    (name === 'additionalProperties' && io === 'output' && schema[name] === false) ||
    (name === 'additionalProperties' &&
      io === 'input' &&
      schema.properties !== undefined &&
      JSON.stringify(schema[name]) === '{}');
  const { example, ...left } = Object.fromEntries(Object.entries(schema).filter(([name]) => !isImplied(name)));
  // OpenAPI 3.1 has `examples` from JSON Schema in place of its own `example`.
  return example === undefined ? left : { ...left, examples: [example] };
};
