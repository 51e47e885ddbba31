/** Requests to every endpoint of the API's description: valid ones, ones with a few changes, and garbage. */
import fc from 'fast-check';
import { type Described, describedIn } from '../../support/described.ts';
import { changed, changes, hostileTexts, textChanges } from './hostile.ts';
import { type Schema, type Values, valuesOf } from './schema-values.ts';

/** A request. A path parameter that is null names the resource that the run has. */
export interface FuzzRequest {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string | null>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

/** Requests to each endpoint of a document with equal likelihood. */
export function requestsTo(document: Schema): fc.Arbitrary<FuzzRequest> {
  const values = valuesOf(document);
  return fc.oneof(...describedIn(document).map((endpoint) => requestTo(endpoint, document, values)));
}

function requestTo(
  { operationId, method, path, item }: Described,
  document: Schema,
  values: Values,
): fc.Arbitrary<FuzzRequest> {
  const parameters: readonly Parameter[] = (item.parameters ?? []).map((one: Schema) =>
    one.$ref === undefined ? one : document.components.parameters[String(one.$ref).split('/').at(-1) ?? ''],
  );
  const of = (place: Parameter['in']) => parameters.filter((one) => one.in === place);
  const content = item.requestBody?.content?.['application/json'];
  return fc.record({
    operationId: fc.constant(operationId),
    method: fc.constant(method),
    path: fc.constant(path),
    params: fc.record(Object.fromEntries(of('path').map(({ name }) => [name, pathTexts]))),
    query: queryOf(of('query'), values),
    headers: headersOf(of('header'), content !== undefined),
    ...(method !== 'GET' && { body: bodiesOf(content, values) }),
  });
}

/** Texts that a URL's path may have: hosts refuse NUL by themselves, and clients resolve dots. */
const pathTexts = fc.oneof(
  { arbitrary: fc.constant(null), weight: 20 },
  { arbitrary: fc.uuid(), weight: 1 },
  { arbitrary: fc.constantFrom(...hostileTexts.filter((text) => text.trim() !== '' && text.length < 1000)), weight: 1 },
);

/** The required parameters and at most two others: more would leave little that any resource has. */
function queryOf(parameters: readonly Parameter[], values: Values): fc.Arbitrary<Readonly<Record<string, string>>> {
  const isRequired = ({ required = false }: Parameter) => required;
  const valid = (some: readonly Parameter[]) =>
    fc.record(Object.fromEntries(some.map(({ name, schema }) => [name, values(schema).map(String)])));
  const optional = parameters.filter((one) => !isRequired(one));
  const hostile = fc.dictionary(
    fc.constantFrom(...parameters.map(({ name }) => name), 'colour', '__proto__'),
    fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })),
    { maxKeys: 2 },
  );
  return fc
    .tuple(
      valid(parameters.filter(isRequired)),
      fc.subarray(optional, { maxLength: Math.min(2, optional.length) }).chain(valid),
      fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, { arbitrary: hostile, weight: 1 }),
    )
    .map(([required, some, other]) => ({ ...required, ...some, ...other }));
}

const keys = Array.from({ length: 5 }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);

/** Values of the headers that endpoints read. */
const headerTexts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'Idempotency-Key': fc.oneof(fc.uuid(), fc.uuid(), fc.constantFrom(...keys, 'mine', '')),
  Prefer: fc.constantFrom('wait=0', 'wait=1', 'respond-async', 'wait=99', 'wait=x', ''),
  Range: fc.constantFrom(
    'bytes=0-9',
    'bytes=-5',
    'bytes=5-',
    'bytes=9-1',
    `bytes=${'9'.repeat(30)}-`,
    'bytes=a',
    'bytes=0-1,3-4',
  ),
};

/** Headers are bytes from blank to FF, without blanks at their ends. */
const anyHeader = fc.oneof(
  fc.constantFrom('*', '"a"', 'W/"a"', '"', '', '0', 'x'.repeat(2000)),
  fc.string({
    unit: fc
      .integer({ min: 0x21, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  }),
);

function headersOf(parameters: readonly Parameter[], hasBody: boolean): fc.Arbitrary<Readonly<Record<string, string>>> {
  const read = parameters.map(({ name }) => [name, headerTexts[name] ?? anyHeader] as const);
  const always = ['If-None-Match', 'x-request-id', 'traceparent'].map((name) => [name, anyHeader] as const);
  const types = fc.oneof(
    { arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8'), weight: 20 },
    { arbitrary: fc.constantFrom('text/plain', '', 'application/xml', 'application/json,'), weight: 1 },
  );
  const some = (entries: readonly (readonly [string, fc.Arbitrary<string>])[]) =>
    fc.record(Object.fromEntries(entries), { requiredKeys: [] });
  const rarely = fc.oneof({ arbitrary: fc.constant({}), weight: 4 }, { arbitrary: some(always), weight: 1 });
  return fc
    .tuple(some(read), rarely, hasBody ? types.map((type) => ({ 'content-type': type })) : fc.constant({}))
    .map(([own, others, type]) => ({ ...own, ...others, ...type }));
}

/** Bodies: as described, as in the example, either with changes, and texts that are no such thing. */
function bodiesOf(content: Schema, values: Values): fc.Arbitrary<string> {
  const described = content === undefined ? fc.constant({}) : values(content.schema);
  const example = fc.constant(content?.example ?? {});
  const valid = fc.oneof({ arbitrary: described, weight: 1 }, { arbitrary: example, weight: 3 });
  const changedOnes = fc.tuple(valid, changes).map(([body, all]) => all.reduce(changed, body));
  const texts = fc.tuple(valid, textChanges).map(([body, change]) => change(JSON.stringify(body)));
  return fc.oneof(
    { arbitrary: valid.map((body) => JSON.stringify(body)), weight: 12 },
    { arbitrary: changedOnes.map((body) => JSON.stringify(body) ?? ''), weight: 9 },
    { arbitrary: texts, weight: 2 },
  );
}
