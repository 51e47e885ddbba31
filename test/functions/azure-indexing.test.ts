/**
 * What Azure does with the functions when it indexes them, held against each function of the app. Azure adds the routes
 * in order of function name, ignoring case, and the first that matches method and path takes the request
 * (`FunctionMetadataManager.LoadFunctionMetadata` and `WebScriptHostHttpRoutesManager` in azure-functions-host; issues
 * #3153 and #9876): a parameter takes the path of a literal whose function has a later name.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/api.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

interface Binding {
  readonly name: string;
  readonly type: string;
  readonly route?: string;
  readonly methods?: readonly string[];
}

interface Indexed {
  readonly name: string;
  readonly bindings: readonly Binding[];
}

let board: Switchboard;
let functions: readonly Indexed[];

beforeAll(async () => {
  board = await startSwitchboard();
  const served = (await (await request(`${board.url}/admin/functions`)).json()) as {
    name: string;
    config: { bindings: Binding[] };
  }[];
  functions = served
    .map(({ name, config }) => ({ name, bindings: config.bindings }))
    .sort((one, other) => ordinalIgnoreCase(one.name, other.name));
});
afterAll(() => board.close());

/** .NET's `StringComparer.OrdinalIgnoreCase`, for names of ASCII: upper case, by code unit. */
function ordinalIgnoreCase(one: string, other: string): number {
  const [left, right] = [one.toUpperCase(), other.toUpperCase()];
  return left < right ? -1 : Number(left > right);
}

interface Route {
  readonly name: string;
  readonly methods: readonly string[];
  readonly segments: readonly string[];
}

/** In Azure's order. */
function routes(): Route[] {
  return functions.flatMap(({ name, bindings }) =>
    bindings
      .filter(({ type }) => type === 'httpTrigger')
      .map(({ route = name, methods = [] }) => ({
        name,
        methods: methods.map((method) => method.toUpperCase()),
        segments: route.toLowerCase().split('/'),
      })),
  );
}

const isParameter = (segment: string | undefined) => segment?.startsWith('{') === true;

/** Whether some path is matched by both. */
function overlap(one: Route, other: Route): boolean {
  return (
    one.methods.some((method) => other.methods.includes(method)) &&
    one.segments.length === other.segments.length &&
    one.segments.every((segment, at) => {
      const rival = other.segments[at];
      return segment === rival || isParameter(segment) || isParameter(rival);
    })
  );
}

/** Whether every path of the first is a path of the second too, which has parameters where the first has literals. */
function isNarrower(one: Route, other: Route): boolean {
  return one.segments.every((segment, at) => segment === other.segments[at] || isParameter(other.segments[at]));
}

/** Each two routes that Azure would have to choose between, in its order. */
function overlaps(table: readonly Route[]): [Route, Route][] {
  return table.flatMap((first, at) =>
    table
      .slice(at + 1)
      .filter((later) => overlap(first, later))
      .map((later): [Route, Route] => [first, later]),
  );
}

test('no parameter takes the path of a literal whose function has a later name', () => {
  const lost = overlaps(routes()).filter(([first, later]) => !isNarrower(first, later) || isNarrower(later, first));
  expect(lost.map(([first, later]) => `${first.name} takes paths of ${later.name}`)).toEqual([]);
});

test('the API has a literal that a parameter could take, so that the rule above has something to hold', () => {
  expect(overlaps(routes()).map(([first, later]) => [first.name, later.name])).toContainEqual([
    'getBuiltInSequences',
    'getSequence',
  ]);
});

test('the rule sees a parameter that comes first', () => {
  const route = (name: string, path: string): Route => ({ name, methods: ['GET'], segments: path.split('/') });
  const [first, later] =
    overlaps([route('getSequence', 'sequences/{id}'), route('list', 'sequences/built-in')])[0] ?? [];
  expect(first && later && isNarrower(first, later)).toBe(false);
});

test('Azure serves every route: none is in the space of the host, none is written twice', () => {
  for (const { name, segments } of routes()) {
    expect({ name, reserved: /^(admin|runtime)/.test(segments.join('/')) }).toEqual({ name, reserved: false });
  }
  const written = routes().flatMap(({ methods, segments }) =>
    methods.map((method) => `${method} ${segments.join('/')}`),
  );
  expect(written).toHaveLength(new Set(written).size);
});

test('Azure takes the name of every function and of every binding', () => {
  for (const { name, bindings } of functions) {
    expect(name).toMatch(/^(?!host$)[a-z][a-z0-9_-]{0,127}$/i);
    for (const binding of bindings) {
      expect(binding.name).toMatch(/^([a-z][a-z0-9]{0,127}|\$return)$/i);
    }
    expect(new Set(bindings.map((binding) => binding.name))).toHaveProperty('size', bindings.length);
    expect(bindings.filter(({ type }) => /trigger$/i.test(type))).toHaveLength(1);
  }
  const names = functions.map(({ name }) => name.toUpperCase());
  expect(names).toHaveLength(new Set(names).size);
});
