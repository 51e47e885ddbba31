import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDataFolder, holdDataFolder } from '../../../local/dev/data-folder.ts';
import { Command } from './support/command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is held by one run at a time, which the refusal of another names', async () => {
  const release = await holdDataFolder(folder, 'the run at http://127.0.0.1:7071');

  await expect(holdDataFolder(folder, 'another run')).rejects.toThrow(
    `The data folder ${folder} is in use by the run at http://127.0.0.1:7071: stop that run, or choose another folder with --data.`,
  );
  release();
  (await holdDataFolder(folder, 'another run'))();
});

it('is free again after its holder was killed', async () => {
  const module = new URL('../../../local/dev/data-folder.ts', import.meta.url).href;
  const script = `const { holdDataFolder } = await import('${module}');
    await holdDataFolder(${JSON.stringify(folder)}, 'a run'); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = new Command('--input-type=module', '-e', script);
  await holder.printed('held');
  await expect(holdDataFolder(folder, 'another run')).rejects.toThrow('in use by a run');
  holder.child.kill('SIGKILL');
  await holder.ended;

  (await holdDataFolder(folder, 'another run'))();
});

it('loses what runs have stored when it is emptied, and nothing else', async () => {
  await Promise.all(['azurite', 'host', 'mine'].map((name) => writeFile(join(folder, name), '')));

  await emptyDataFolder(folder);
  expect(await readdir(folder)).toEqual(['mine']);
});
