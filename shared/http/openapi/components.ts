/** The components of an OpenAPI document: what is described once, and referred to wherever it is used. */
import type * as z from 'zod';
import { examples } from './examples.ts';
import { type Io, type Json, jsonSchemaWith } from './json-schema.ts';
import { withSharedOptions } from './operation-options.ts';

export type ComponentKind = 'schemas' | 'parameters' | 'headers' | 'responses';

/** Gathers components while the document is made. */
export class Components {
  readonly #items: Readonly<Record<ComponentKind, Map<string, Json>>> = {
    schemas: new Map(),
    parameters: new Map(),
    headers: new Map(),
    responses: new Map(),
  };
  /** Schemas that a request uses. */
  readonly #ofRequests = new Set<string>();

  /** A reference to the component, or the item itself when another one has its name already. */
  refer(kind: ComponentKind, name: string, item: Json): Json {
    const known = this.#items[kind].get(name) ?? item;
    this.#items[kind].set(name, known);
    return JSON.stringify(known) === JSON.stringify(item) ? { $ref: `#/components/${kind}/${name}` } : item;
  }

  /**
   * The schema, or a reference to the component that it is. One that requests and responses share is described as requests
   * have it: a member with a default may be left out there, so that the description is true of both.
   */
  schema(schema: z.ZodType, io: Io): Json {
    const { described, shared } = jsonSchemaWith(schema, io);
    for (const [name, item] of Object.entries(shared)) {
      if (io === 'input' || !this.#ofRequests.has(name)) {
        this.#items.schemas.set(name, { ...withOptions(item, this), ...exampleOf(name) });
      }
      if (io === 'input') {
        this.#ofRequests.add(name);
      }
    }
    return described;
  }

  /** All components by kind, each in order of name. */
  toJson(): Json {
    const inOrder = ([kind, items]: [string, Map<string, Json>]) => [
      kind,
      Object.fromEntries([...items].sort(([one], [other]) => (one < other ? -1 : 1))),
    ];
    return Object.fromEntries(Object.entries(this.#items).map(inOrder));
  }
}

/** The schema, or each variant of one that is a union, with the members shared that others have too. */
function withOptions(schema: Json, components: Components): Json {
  const { oneOf } = schema as { readonly oneOf?: readonly Json[] };
  return oneOf
    ? { ...schema, oneOf: oneOf.map((variant) => withSharedOptions(variant, components)) }
    : withSharedOptions(schema, components);
}

function exampleOf(name: string): Json {
  const example = examples[name];
  return example ? { examples: [example] } : {};
}
