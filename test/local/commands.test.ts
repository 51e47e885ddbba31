/** The commands of package.json: on an old Node.js, on any shell, without Core Tools; and what npm says at an install. */

import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly devDependencies: { readonly node: string };
}

const root = resolve(import.meta.dirname, '../..');
const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What users start, with the file that Node.js is given. */
const started = Object.entries({ ...manifest.scripts, ...manifest.bin }).flatMap(([name, command]) => {
  const [file] = /\blocal\/[a-z-]+\.\w+/.exec(command) ?? [];
  return file === undefined ? [] : [[name, file] as const];
});

test.for(started.filter(([name]) => name !== 'prestart'))(
  '%s says on an old Node.js what to do, and starts nothing',
  async ([, file]) => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.11.1' })";
    const asOld = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];

    await expect(run(process.execPath, [...asOld, join(root, file), '--help'])).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^This needs Node\.js 22\.18 or newer, and runs on 20\.11\.1\. .*`npm run`/),
    });
  },
);

/** The files of all commands that run one of this repository. */
const scripts = new Set(
  Object.values({ ...manifest.scripts, ...manifest.bin }).flatMap(
    (command) => /^(?:node )?((?:local|infra)\/[a-z/-]+\.[jt]s)(?: --main .*)?$/.exec(command)?.slice(1) ?? [],
  ),
);

test.for([...scripts])('%s does nothing when it does not know an option, and prints its usage', async (file) => {
  await expect(run(process.execPath, [join(root, file), '--unknown'])).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/--unknown[\s\S]*Usage: /),
  });
});

test('the Node.js that npm installs, the one of .nvmrc and the one that is needed fit together', () => {
  const numbers = (version: string) => (version.match(/\d+/g) ?? []).map(Number);
  const [needed, installed] = [numbers(manifest.engines.node), numbers(manifest.devDependencies.node)];
  const [major = 0, minor = 0] = needed;

  expect(installed[0]).toBe(major);
  expect(installed[1]).toBeGreaterThanOrEqual(minor);
  expect(numbers(readFileSync(join(root, '.nvmrc'), 'utf8'))).toEqual([major]);
});

test('no command needs a shell of a certain kind', () => {
  const commands = Object.entries(manifest.scripts);
  // A variable before the command, quotes and signs that cmd.exe does not know, programs that Windows does not have.
  const ofOneShell = /^\w+=|['`$;|<>&]|^(?:rm|cp|mv|export|test|sh|bash) /;

  expect(commands.filter(([, command]) => command.split(' && ').some((part) => ofOneShell.test(part)))).toEqual([]);
});

/** Runs what comes before `npm start`, with a `func` that prints a version, or without one. */
async function beforeStart(version?: string) {
  const name = process.platform === 'win32' ? 'func.cmd' : 'func';
  const func = join(folder, name);
  rmSync(func, { force: true });
  if (version !== undefined) {
    writeFileSync(func, process.platform === 'win32' ? `@echo ${version}\r\n` : `#!/bin/sh\necho ${version}\n`);
    chmodSync(func, 0o755);
  }
  const env = { ...process.env, PATH: folder };
  return await run(process.execPath, [join(root, 'local/core-tools.js')], { env });
}

test('npm start says what to install where Core Tools are missing or too old', async () => {
  const says = (found: string) => ({ code: 1, stderr: expect.stringMatching(found) });
  const install = '[^]*npm install --global azure-functions-core-tools@4[^]*npm run dev';

  await expect(beforeStart()).rejects.toMatchObject(says(`is not installed here${install}`));
  await expect(beforeStart('3.0.5')).rejects.toMatchObject(says(`is of version 3\\.0\\.5${install}`));
  await expect(beforeStart('4.14.0')).resolves.toEqual({ stdout: '', stderr: '' });
  expect(manifest.scripts.prestart).toMatch(/^node local\/core-tools\.js && /);
});

test('an install by the Node.js that npm installs has no warning: what .npmrc silences is the wrong engine alone', async () => {
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(root, file), join(folder, file));
  }
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const install = ['ci', '--dry-run', '--offline', '--engine-strict', '--loglevel=warn', '--no-audit'];
  const { stderr } = await run('npm', install, {
    cwd: folder,
    env: { ...process.env, PATH },
    shell: process.platform === 'win32',
  });

  expect(stderr).toBe('');
});
