/** What the command line reads of the OpenAPI description of the API. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface EndpointItem {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content & { readonly $ref?: string }>>;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, EndpointItem>>>>;
  readonly components?: unknown;
}

/** What a `$ref` leads to; anything else is itself. */
export function resolved<Item extends { readonly $ref?: string }>(document: Description, item: Item): Item {
  if (item.$ref === undefined) {
    return item;
  }
  const names = item.$ref.replace(/^#\//, '').split('/');
  const found = names.reduce<unknown>(
    (at, name) => (at as Readonly<Record<string, unknown>>)[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
  return resolved(document, found as Item);
}

/** The members of an object's schema, those of its alternatives included. */
export function propertiesOf(document: Description, schema: Schema): Readonly<Record<string, Schema>> {
  const { properties = {}, allOf = [], anyOf = [], oneOf = [] } = resolved(document, schema);
  const others = [...allOf, ...anyOf, ...oneOf].map((one) => propertiesOf(document, one));
  return Object.assign({}, ...others, properties);
}

/** The types that a value of a schema may have. */
export function typesOf(document: Description, schema: Schema): ReadonlySet<string> {
  const { type = [], properties, allOf = [], anyOf = [], oneOf = [], enum: values = [] } = resolved(document, schema);
  const others = [...allOf, ...anyOf, ...oneOf].flatMap((one) => [...typesOf(document, one)]);
  const ofValues = values.map((value) => typeof value);
  return new Set([...[type].flat(), ...others, ...ofValues, ...(properties ? ['object'] : [])]);
}
