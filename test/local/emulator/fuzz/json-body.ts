/** JSON bodies that fit a schema, or nearly do: something in them may be missing, strange, or of another kind. */

import fc from 'fast-check';
import * as z from 'zod';
import { words } from './words.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** Anything at all: deep, huge, and with names that JavaScript takes for something else. */
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1e308, 2 ** 53, -0.5, '', '\u0000', [], {}, [null]),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('__proto__', 'constructor', 'toString').map((name) => JSON.parse(`{"${name}": {"${name}": 1}}`)),
  fc.integer({ min: 1, max: 2000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
  fc.constantFrom(1000, 100_000).map((length) => 'a'.repeat(length)),
);

/** Bodies for a request schema. */
export function bodiesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return fc.oneof({ weight: 15, arbitrary: fitting(json) }, { weight: 1, arbitrary: strange });
}

function nearly(schema: Schema, name: string): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: fitting(schema, name) }, { weight: 1, arbitrary: strange });
}

function fitting(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const { anyOf, oneOf, enum: values, const: value } = schema;
  const either = (anyOf ?? oneOf) as Schema[] | undefined;
  if (value !== undefined) {
    return fc.constant(value);
  }
  if (values !== undefined) {
    return fc.constantFrom<unknown>(...values);
  }
  if (either !== undefined) {
    return fc.oneof(...either.map((each) => nearly(each, name)));
  }
  return BY_TYPE[String(schema.type)]?.(schema, name) ?? strange;
}

const BY_TYPE: Record<string, (schema: Schema, name: string) => fc.Arbitrary<unknown>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  string: (_, name) => words(name),
  integer: ({ minimum = 0, maximum = 1000 }) =>
    fc.oneof(fc.integer({ min: minimum, max: Math.min(maximum, minimum + 1000) }), fc.constantFrom(minimum, maximum)),
  number: ({ minimum = 0, maximum = 1 }) => fc.double({ min: minimum, max: maximum, noNaN: true }),
  array: ({ items, minItems = 0 }, name) =>
    fc.array(nearly(items as Schema, name), { minLength: minItems, maxLength: minItems + 2 }),
  object: anObject,
};

type Member = readonly [name: string, value: unknown];

/** Mostly without what is optional: many members exclude one another. */
function anObject({ properties = {}, required = [], additionalProperties: more }: Schema, name: string) {
  const member = (key: string): fc.Arbitrary<Member> =>
    nearly(properties[key] as Schema, key).map((value) => [key, value]);
  const maybe = (key: string, weights: { present: number; absent: number }) =>
    fc.oneof(
      { weight: weights.present, arbitrary: member(key).map((one) => [one]) },
      { weight: weights.absent, arbitrary: fc.constant([]) },
    );
  const optional = Object.keys(properties).filter((key) => !required.includes(key) && key !== 'kind');
  const isOneOfSeveral = 'kind' in properties;
  const chosen: fc.Arbitrary<readonly Member[]>[] = [
    ...required.filter((key) => key !== 'kind').map((key) => maybe(key, { present: 50, absent: 1 })),
    ...(isOneOfSeveral
      ? [fc.oneof(...optional.map(member)).chain(withKind)]
      : optional.map((key) => maybe(key, { present: 1, absent: 3 }))),
  ];
  const others = typeof more === 'object' ? nearly(more as Schema, name) : strange;
  const further = fc.dictionary(words(name), others, { maxKeys: typeof more === 'object' ? 2 : 0 });
  return fc
    .tuple(further, ...chosen)
    .map(([object, ...members]) => ({ ...object, ...Object.fromEntries(members.flat()) }));
}

/** Exactly one member says what a thing is, and its kind mostly says the same. */
function withKind(one: Member): fc.Arbitrary<readonly Member[]> {
  const kind = fc.oneof({ weight: 10, arbitrary: fc.constant(one[0]) }, words('kind'));
  return kind.map((written) => [one, ['kind', written]]);
}
