/** Rules about what is taken from others: the lockfile, licences, and how both are kept up to date. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const lock = json('package-lock.json') as { lockfileVersion: number; packages: Record<string, Locked> };
const manifest = json('package.json') as Record<string, Record<string, unknown>>;
const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');

/** Packages of others; the rest are the folders of this repository and links to them. */
const isForeign = ([path, { link }]: readonly [string, Locked]) => path.includes('node_modules/') && !link;
const locked = Object.entries(lock.packages).filter(isForeign);

/** Why an entry may not be installed; nothing when it may. */
function errorsOf([path, { integrity, resolved, version }]: readonly [string, Locked]): string[] {
  const host = resolved === undefined ? 'registry.npmjs.org' : URL.parse(resolved)?.host;
  return [
    ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${path} has no SHA-512 of its content`]),
    ...(host === 'registry.npmjs.org' && !resolved?.startsWith('http:') ? [] : [`${path} comes from ${resolved}`]),
    ...(/^\d+\.\d+\.\d+/.test(version ?? '') ? [] : [`${path} has no version`]),
  ];
}

test('each package comes from the npm registry, and the lockfile has the SHA-512 of its content', () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.flatMap(errorsOf)).toEqual([]);
  const good = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  const bad: readonly Locked[] = [
    { ...good, integrity: 'sha1-AAAA' },
    { version: '1.0.0' },
    { ...good, resolved: 'https://registry.example.com/a/-/a-1.0.0.tgz' },
    { ...good, resolved: 'http://registry.npmjs.org/a/-/a-1.0.0.tgz' },
    { ...good, resolved: 'git+ssh://git@github.com/a/a.git#0123' },
    { ...good, version: 'file:../a' },
  ];
  expect(bad.map((one) => errorsOf(['node_modules/a', one]).length)).toEqual(bad.map(() => 1));
  expect(errorsOf(['node_modules/a', { ...good, resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' }])).toEqual([]);
});

test('each dependency is pinned to one version, and no registry but the public one is configured', () => {
  const ranges = [manifest, json('client/package.json'), json('client/cli/package.json')].flatMap((one) =>
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.entries(one[kind] ?? {})),
  );
  const isPinned = ([name, version]: readonly [string, unknown]) =>
    /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)) || lock.packages[`node_modules/${name}`]?.link === true;
  expect(ranges.filter((one) => !isPinned(one))).toEqual([]);
  const rules = readFileSync('.npmrc', 'utf8').replace(/^#.*$/gm, '');
  expect(rules).not.toMatch(/registry|_auth|strict-ssl|cafile/i);
});

test('a package that runs a script when it is installed is named, and allowed or refused', () => {
  const scripted = locked.flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript ? [path.replace('node_modules/', '')] : [],
  );
  expect(scripted.toSorted()).toEqual(Object.keys(manifest.allowScripts ?? {}).toSorted());
});

/** Licences that ask for no more than a notice; MPL asks for the changes of its own files, of which there are none. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
];

/** Packages whose manifest names no SPDX licence, by what their licence was read to be. */
const read: Readonly<Record<string, string>> = { 'http://geraintluff.github.io/tv4/LICENSE.txt': 'Unlicense' };

/** One of alternatives is enough. */
const isAllowed = (licence = 'none') =>
  (read[licence] ?? licence).split(/ OR /).some((one) => allowed.includes(one.replace(/[()]/g, '')));

test('each package has a licence that permits its use', () => {
  expect(locked.filter(([, { license }]) => !isAllowed(license)).map(([path]) => path)).toEqual([]);
  expect(['GPL-3.0', 'AGPL-3.0-only', 'UNLICENSED', 'SEE LICENSE IN x', undefined].filter(isAllowed)).toEqual([]);
  expect(isAllowed('(GPL-2.0 OR MIT)')).toBe(true);
});

test('npm writes the bill of materials of the release: what is deployed, and apart from it what develops it', () => {
  interface Component {
    readonly name: string;
    readonly properties?: readonly { readonly name: string }[];
  }
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 1e8 });
  const { bomFormat, components } = JSON.parse(text) as { bomFormat: string; components: readonly Component[] };
  expect(bomFormat).toBe('CycloneDX');
  // `npm sbom --omit dev` leaves out what both need (npm 11.19), so everything is listed, and marked.
  const isDevelopment = ({ properties = [] }: Component) =>
    properties.some(({ name }) => name === 'cdx:npm:package:development');
  const deployed = components.filter((one) => !isDevelopment(one)).map(({ name }) => name);
  expect(Object.keys(manifest.dependencies ?? {}).filter((name) => !deployed.includes(name))).toEqual([]);
  expect(['vitest', 'typescript', 'azurite', 'esbuild'].filter((name) => deployed.includes(name))).toEqual([]);
});

test('Dependabot looks after npm and after each folder with actions', () => {
  interface Update {
    readonly 'package-ecosystem': string;
    readonly directory?: string;
    readonly directories?: readonly string[];
  }
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as { updates: readonly Update[] };
  const watched = updates.flatMap(({ 'package-ecosystem': kind, directory, directories = [directory ?? ''] }) =>
    directories.map((one) => `${kind} ${one}`),
  );
  const actions = files.filter((file) => /^\.github\/actions\/.*action\.yml$/.test(file));
  const folders = actions.map((file) => `github-actions /${file.replace(/\/action\.yml$/, '')}`);
  expect(watched.toSorted()).toEqual(['github-actions /', 'npm /', ...folders].toSorted());
});

test('infrastructure, pipelines, the lockfile and the rules about them have owners, who are asked to review', () => {
  const lines = readFileSync('.github/CODEOWNERS', 'utf8').split('\n');
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(/\s+/));
  const owned = rules.map(([path = '']) => path);
  expect(rules.filter(([, owner = '']) => !owner.startsWith('@'))).toEqual([]);
  expect(owned.filter((path) => path !== '*' && !existsSync(path.replace(/^\//, '')))).toEqual([]);
  const guarded = [
    '/infra/',
    '/.github/',
    '/.ci/',
    '/package-lock.json',
    '/SECURITY.md',
    '/test/repository/',
    '/test/infra/',
  ];
  expect(guarded.filter((path) => !owned.includes(path))).toEqual([]);
});
