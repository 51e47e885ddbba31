/** The structure of shared/sequences, as dependency-cruiser sees it: few rooms, few floors of imports, no cycle. */
import { dirname } from 'node:path';
import { cruise, type ICruiseResult, type IDependency, type IModule } from 'dependency-cruiser';
import { expect, test } from 'vitest';

const folder = 'shared/sequences';
const maxRooms = 7;
const maxFloors = 6;

const { output } = await cruise([folder], {
  includeOnly: `^${folder}/`,
  tsPreCompilationDeps: true,
  // A rule on all cycles, because cycles are looked for only where a rule is about them.
  validate: true,
  ruleSet: { forbidden: [{ name: 'cycle', severity: 'error', from: {}, to: { circular: true } }] },
});
const { modules } = output as ICruiseResult;

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

function edgesOf(nameOf: (file: string) => string, isCounted: (dependency: IDependency) => boolean): Edges {
  const edges = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules as readonly IModule[]) {
    const targets = edges.get(nameOf(source)) ?? new Set();
    edges.set(nameOf(source), targets);
    for (const dependency of dependencies.filter(isCounted)) {
      if (nameOf(dependency.resolved) !== nameOf(source)) {
        targets.add(nameOf(dependency.resolved));
      }
    }
  }
  return edges;
}

/** The longest chains of imports; one that meets itself is a cycle. */
function longestChain(edges: Edges, name: string, chain: readonly string[] = []): readonly string[] {
  if (chain.includes(name)) {
    throw new Error(`cycle: ${[...chain, name].join(' → ')}`);
  }
  const chains = [...(edges.get(name) ?? [])].map((next) => longestChain(edges, next, [...chain, name]));
  return chains.reduce<readonly string[]>(
    (longest, one) => (one.length > longest.length ? one : longest),
    [...chain, name],
  );
}

const longest = (edges: Edges) =>
  [...edges.keys()].map((name) => longestChain(edges, name)).toSorted((a, b) => b.length - a.length)[0] ?? [];
const isValue = ({ dependencyTypes }: IDependency) => !dependencyTypes.includes('type-only');

test('there are at most seven rooms, and their imports, types included, lead down at most six floors', () => {
  const rooms = edgesOf(dirname, () => true);
  expect(modules.length).toBeGreaterThan(30);
  expect(rooms.size).toBeLessThanOrEqual(maxRooms);
  expect(longest(rooms).length).toBeLessThanOrEqual(maxFloors);
});

test('the values that a file imports lead down at most six floors', () => {
  const files = edgesOf((file) => file, isValue);
  const chain = longest(files);
  expect(chain.length, chain.join(' → ')).toBeLessThanOrEqual(maxFloors);
});

test('no import is part of a cycle, type-only ones included', () => {
  const circular = (modules as readonly IModule[]).flatMap(({ source, dependencies }) =>
    dependencies.filter((one) => one.circular).map(({ resolved }) => `${source} → ${resolved}`),
  );
  expect(circular).toEqual([]);
});
