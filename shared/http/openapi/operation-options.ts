/** The members that operations share, described once: a request that has them refers to them. */
import { everyOperation, mediaOptions } from '../../operations/fields/fields.ts';
import type { Json } from './json-schema.ts';

/** Where shared schemas are kept. */
interface Shared {
  refer(kind: 'schemas', name: string, schema: Json): Json;
}

/** Members that stand together, by the name of their schema. */
const groups = { OperationOptions: everyOperation, MediaOptions: mediaOptions };

/** The schema with references in place of the members of each group; a schema that has none of them whole is left as it is. */
export function withSharedOptions(schema: Json, components: Shared): Json {
  const { properties = {}, ...rest } = schema as { readonly properties?: Json };
  const found = Object.entries(groups)
    .map(([id, members]) => ({ id, names: Object.keys(members) }))
    .filter(({ names }) => names.every((name) => Object.hasOwn(properties, name)));
  if (found.length === 0) {
    return schema;
  }
  const pick = (isPicked: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => isPicked(name)));
  const allOf = found.map(({ id, names }) =>
    components.refer('schemas', id, { type: 'object', properties: pick((name) => names.includes(name)) }),
  );
  const own = pick((name) => !found.some(({ names }) => names.includes(name)));
  if (Object.keys(own).length === 0) {
    return components.refer('schemas', 'OperationRequest', { type: 'object', allOf, unevaluatedProperties: false });
  }
  // Of the schemas none may refuse the members of another one by `additionalProperties`.
  const { additionalProperties: _, ...left }: Json = rest;
  return { ...left, properties: own, allOf, unevaluatedProperties: false };
}
