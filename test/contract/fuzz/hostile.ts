/** What a client may send in place of what is described: values, texts, and changes to a valid body. */
import fc from 'fast-check';

/** Texts that parsers, storage, SIP, logs or URLs may read as something else. */
export const hostileTexts = [
  '',
  ' ',
  'a b',
  '\t',
  '\r\nVia: a',
  '\u0007',
  '\u007f',
  '\u0085',
  '\u202e',
  '\ufeff',
  '\uffff',
  '😀',
  'ÄÖÜ',
  '__proto__',
  'constructor',
  "' or 1 eq 1",
  '"; drop',
  '<script>',
  '{{a}}',
  '$input.__proto__.a',
  '$steps.a',
  '$',
  '../../etc/passwd',
  '%2e%2e%2f',
  '%00',
  '%zz',
  '/\\?#%',
  'null',
  'NaN',
  '-1',
  '1e999',
  '+1',
  '+999999999999999999',
  '4:',
  '8:',
  '28:orgid:x',
  'http://169.254.169.254/',
  'https://[::1]:1/',
  'javascript:alert(1)',
  'PT0S',
  'PT999999999999H',
  'P1Y',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T25:61:61Z',
  'x'.repeat(300),
  'x'.repeat(5000),
];

/** Values of other types, of other sizes, and at boundaries. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  -2147483649,
  [],
  {},
  [null],
  [[[[]]]],
  { a: { b: { c: 1 } } },
  { length: 1 },
  Array.from({ length: 300 }, () => '+14255550123'),
  Array.from({ length: 3000 }, () => 1),
  Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index])),
  Array.from({ length: 90 }).reduce<unknown>((inner) => [inner], []),
  '\ud800',
  'x'.repeat(70_000),
  ...hostileTexts,
];

const hostileNames = [
  '__proto__',
  'constructor',
  'length',
  '',
  'a\u0000',
  'operationContext',
  'callId',
  'toString',
  'id',
];

/** One change: what is at a place becomes something else, is left out, or gets a member more. */
export interface Change {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'add' | 'repeat';
  readonly name: string;
  readonly value: unknown;
}

export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom<Change['kind'][]>('replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
    name: fc.oneof(fc.constantFrom(...hostileNames), fc.string()),
    value: fc.oneof(
      { arbitrary: fc.constantFrom(...hostileValues), weight: 3 },
      { arbitrary: fc.jsonValue(), weight: 1 },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

type Path = readonly (string | number)[];

/** A value with a change somewhere within it. */
export function changed(value: unknown, { at, kind, name, value: other }: Change): unknown {
  const paths = pathsIn(value);
  return within(value, paths[at % paths.length] ?? [], (old) => {
    if (kind === 'replace') return other;
    if (kind === 'remove') return undefined;
    if (kind === 'repeat') return Array.isArray(old) ? [...old, ...old] : [old, old];
    return Array.isArray(old) ? [...old, other] : Object.fromEntries([...Object.entries(Object(old)), [name, other]]);
  });
}

function pathsIn(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const members = Object.entries(value).map(
    ([name, member]) => [Array.isArray(value) ? Number(name) : name, member] as const,
  );
  return [[], ...members.flatMap(([name, member]) => pathsIn(member).map((path) => [name, ...path]))];
}

function within(value: unknown, [name, ...path]: Path, change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) return value.map((one, index) => (index === name ? within(one, path, change) : one));
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, member]) => [key, key === name ? within(member, path, change) : member]),
  );
}

/** What a JSON text becomes on the way. */
export const textChanges: fc.Arbitrary<(text: string) => string> = fc.constantFrom<((text: string) => string)[]>(
  (text) => text.slice(0, -1),
  (text) => `${text}${text}`,
  (text) => `\ufeff${text}`,
  (text) => `[${text}]`,
  (text) => text.replace('{', '{"a":1,"a":2,'),
  (text) => text.replace('{', '{"a":1e999,'),
  (text) => text.replace('{', `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)},`),
  (text) => text.replace('{', `{"${'x'.repeat(260_000)}":1,`),
  (text) => text.replace('{', '{"__proto__":{"a":1},'),
  (text) => text.replaceAll('"', "'"),
  () => '',
  () => 'null',
  () => '\0',
);
