/** Values of JSON schemas of the API's description: what generators of fast-check make of each keyword. */
import fc from 'fast-check';

// biome-ignore lint/suspicious/noExplicitAny: a schema of any shape; a member that is not there makes another value.
export type Schema = any;

export type Values = (schema: Schema) => fc.Arbitrary<unknown>;

/** How deep alternatives that contain each other are nested, such as steps within steps. */
const depth = { maxDepth: 3, depthIdentifier: 'schema' } as const;

/** Texts that mean something to a field, beside those that are made at random. */
const meaningfulTexts = [
  '+14255550123',
  '4:+14255550124',
  '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000171',
  'en-US',
  'PT1S',
  'one',
  '12#',
  '$input.a',
  '$steps.a.result',
  'https://example.com/a.wav',
  'wss://example.com/',
  'CallConnected',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
];

/** Makes values of the schemas of a document, whose components may refer to each other. */
export function valuesOf(document: Schema): Values {
  const components: Readonly<Record<string, Schema>> = document.components.schemas;
  const tied = fc.letrec<Record<string, unknown>>((tie) =>
    Object.fromEntries(Object.entries(components).map(([name, schema]) => [name, madeOf(schema, tie)])),
  );
  return (schema) => madeOf(schema, (name) => tied[name] ?? fc.jsonValue());
}

type Tie = (name: string) => fc.Arbitrary<unknown>;

function madeOf(schema: Schema, tie: Tie): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return tie(String(schema.$ref).split('/').at(-1) ?? '');
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const alternatives: Schema[] | undefined = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return oneOf(alternatives, tie);
  if (schema.allOf !== undefined)
    return whole([...schema.allOf, ...(schema.properties ? [{ ...schema, allOf: undefined }] : [])], tie);
  if (Array.isArray(schema.type))
    return oneOf(
      schema.type.map((type: string) => ({ ...schema, type })),
      tie,
    );
  return byType[schema.type]?.(schema, tie) ?? fc.jsonValue({ maxDepth: 2 });
}

/** The shortest comes first: it is taken where values are nested deep enough. */
function oneOf(schemas: readonly Schema[], tie: Tie): fc.Arbitrary<unknown> {
  const lengthOf = (schema: Schema) => JSON.stringify(schema).length;
  const sorted = schemas.toSorted((one, other) => lengthOf(one) - lengthOf(other));
  return fc.oneof(depth, ...sorted.map((schema) => madeOf(schema, tie)));
}

function whole(parts: readonly Schema[], tie: Tie): fc.Arbitrary<unknown> {
  return fc
    .tuple(...parts.map((part) => madeOf(part, tie)))
    .map((values) => (values.length === 1 ? values[0] : Object.assign({}, ...values)));
}

const byType: Readonly<Record<string, (schema: Schema, tie: Tie) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -1000, maximum = 1_000_000 }) =>
    fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) }),
  number: ({ minimum = -1e9, maximum = 1e9 }) => fc.double({ min: minimum, max: maximum, noNaN: true }),
  string: textOf,
  array: ({ items = {}, minItems = 0, maxItems = 5 }, tie) =>
    fc.array(madeOf(items, tie), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 5)),
      ...depth,
    }),
  object: objectOf,
};

const isSearchable = (pattern: string) => !pattern.includes('(?');

function textOf({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
      .map((at) => at.toISOString());
  if (format === 'uri') return fc.oneof(fc.webUrl(), fc.constant('https://example.com/a.wav'));
  if (pattern !== undefined && isSearchable(pattern)) return fc.stringMatching(new RegExp(pattern, 'u'));
  const shortest = Math.min(minLength, 4000);
  const free = fc.string({
    unit: 'grapheme',
    minLength: shortest,
    maxLength: Math.max(shortest, Math.min(maxLength, 60)),
  });
  const fitting = meaningfulTexts.filter(({ length }) => length >= minLength && length <= maxLength);
  return fitting.length > 0 ? fc.oneof(fc.constantFrom(...fitting), free) : free;
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, tie: Tie): fc.Arbitrary<unknown> {
  const members = Object.entries<Schema>(properties).map(([name, schema]) => [name, madeOf(schema, tie)] as const);
  const known = fc.record(Object.fromEntries(members), {
    requiredKeys: required.filter((name: string) => Object.hasOwn(properties, name)),
  });
  if (additionalProperties === undefined || additionalProperties === false) return known;
  const others = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), madeOf(Object(additionalProperties), tie), {
    maxKeys: 3,
  });
  return fc.tuple(others, known).map(([more, own]) => ({ ...more, ...own }));
}
