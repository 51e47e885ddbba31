/** The packed client in a project of its own: what it holds, and the programs of its README, compiled strictly and run. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiAt } from '../support/api.ts';
import { startSwitchboard } from '../support/switchboard.ts';

const run = promisify(execFile);
const tsc = resolve('node_modules/typescript/bin/tsc');

/** Every check of the compiler that a project may have turned on. */
const options = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
};

let project: string;
let files: readonly string[];
let programs: readonly string[];

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'client-'));
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, '@types'), { recursive: true });
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node', 'undici-types']) {
    await symlink(resolve('node_modules', name), join(modules, name));
  }
  await run(process.execPath, [tsc, '-p', 'client/tsconfig.build.json']);
  const { stdout } = await run('npm', [
    'pack',
    '-w',
    'client',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    project,
  ]);
  const [packed] = JSON.parse(stdout);
  files = packed.files.map(({ path }: { path: string }) => path);
  await run('tar', ['-xzf', packed.filename], { cwd: project });
  await symlink(join(project, 'package'), join(modules, 'acs-switchboard-client'));
  const readme = await readFile('client/README.md', 'utf8');
  programs = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
});
afterAll(() => rm(project, { recursive: true }));

test('the package holds compiled modules, their types, README and license, and no source', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
  );
  expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
});

test('the programs of its README compile with every check, and the first one places a call and lists it', async () => {
  expect(programs.length).toBe(2);
  const board = await startSwitchboard();
  try {
    for (const [index, text] of programs.entries()) {
      await writeFile(join(project, `program-${index}.ts`), text.replace('http://127.0.0.1:7071', board.url));
    }
    await run(process.execPath, [tsc, '-p', project], { cwd: project }).catch(({ stdout }) => expect.fail(stdout));
    const { stdout } = await run(process.execPath, [join(project, 'program-0.js')]);
    const { items } = (await apiAt(`${board.url}/api`)('GET', 'calls')).body;
    expect(stdout).toContain(`${items[0].callId} succeeded`);
    expect(stdout).toContain(`${items[0].callId} outbound`);
  } finally {
    await board.close();
  }
});
