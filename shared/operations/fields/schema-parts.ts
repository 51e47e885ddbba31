/** The parts of a schema: finds the fields that a registry marks, in a schema and in its values, with their JSON paths. */
import type * as z from 'zod';

/** A field of a schema with what a registry says of it; `[]` in its path stands for the elements of an array. */
export interface MarkedField<Meta> {
  readonly path: string;
  readonly meta: Meta;
}

/** Every field of a schema that a registry marks. */
export function fieldsWith<Meta extends object>(
  registry: z.core.$ZodRegistry<Meta>,
  schema: z.core.$ZodType,
  path = '',
): readonly MarkedField<Meta>[] {
  const meta = registry.get(schema) as Meta | undefined;
  return meta === undefined
    ? partsOf(schema).flatMap((part) => fieldsWith(registry, part.schema, join(path, part.name ?? '[]')))
    : [{ path, meta }];
}

/** The values of those fields in a value of the schema, each once, with the schema of the field. */
export function valuesWith<Meta extends object>(
  registry: z.core.$ZodRegistry<Meta>,
  schema: z.core.$ZodType,
  value: unknown,
  path = '',
): readonly (MarkedField<Meta> & { readonly value: unknown; readonly schema: z.core.$ZodType })[] {
  const meta = registry.get(schema) as Meta | undefined;
  return meta === undefined
    ? partsOf(schema).flatMap(({ name, schema: part }) =>
        membersOf(value, name).flatMap(([key, member]) => valuesWith(registry, part, member, join(path, key))),
      )
    : [{ path, meta, value, schema }];
}

export interface Part {
  readonly name?: string;
  readonly schema: z.core.$ZodType;
}

/** The parts of a schema: members by name, elements of an array (`undefined`), or what it wraps (an empty name). */
export function partsOf(schema: z.core.$ZodType): readonly Part[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([name, member]) => ({ name, schema: member }));
    case 'array':
      return [{ schema: def.element }];
    case 'union':
      return def.options.map((option) => ({ name: '', schema: option }));
    case 'pipe':
      return [{ name: '', schema: def.in }];
    case 'optional':
    case 'default':
    case 'prefault':
      return [{ name: '', schema: def.innerType }];
    default:
      return [];
  }
}

function membersOf(value: unknown, name: string | undefined): readonly (readonly [string, unknown])[] {
  if (name === '') {
    return [['', value]];
  }
  if (name === undefined) {
    return Array.isArray(value) ? value.map((member, index) => [`[${index}]`, member]) : [];
  }
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? [[name, Object(value)[name]]] : [];
}

function join(path: string, name: string): string {
  return path === '' || name === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
}
