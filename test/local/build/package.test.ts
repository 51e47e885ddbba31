/** What azd and Core Tools send to Azure, by the rules of their sources, from this project as it is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { build } from '../../../local/build/bundle.ts';
import { packedByCoreTools } from './core-tools.ts';

const funcignore = await readFile('.funcignore', 'utf8');

describe('the folder that azd packs', () => {
  let folder: string;
  beforeAll(async () => {
    mkdirSync('.data', { recursive: true });
    folder = await mkdtemp('.data/package-');
    await build(folder);
  });
  afterAll(() => Promise.all([folder, `${folder}.maps`].map((path) => rm(path, { recursive: true }))));

  it('has the bundle, its licences, and the two files that describe it', async () => {
    const files = await filesIn(folder);

    expect(files.filter((path) => !/^(main|chunks\/[\w.-]+)\.js(\.LEGAL\.txt)?$/.test(path)).sort()).toEqual([
      'host.json',
      'package.json',
    ]);
    expect(files).toContain('main.js');
  });

  it('is, with what describes it, all that Core Tools pack', async () => {
    const built = (await filesIn(folder)).map((path) => `dist/${path}`);
    const unpacked = [
      'dist.maps/main.js.map',
      'dist.maps/chunks/a-1.js.map',
      'node_modules/zod/index.js',
      'node_modules/@azure/identity/package.json',
      'node_modules/.bin/tsc',
      'coverage/index.html',
      '.azure/test/.env',
      '.data/blobs/a',
    ];

    const packed = packedByCoreTools(funcignore, [...filesOfProject(), ...built, ...unpacked]);

    expect([...packed].sort()).toEqual([...built, 'host.json', 'package.json'].sort());
  });
});

describe('azd, since 1.23.12 (cli/azd/pkg/project/service_target_functionapp.go)', () => {
  /** Why it refuses to deploy a TypeScript app to Flex Consumption; it reads .funcignore as Git does. */
  function refusal(remoteBuild: boolean, ignoreFile: string): string | undefined {
    const excluded = isFolderIgnored(ignoreFile, 'node_modules');
    const requirement = remoteBuild ? 'requires .funcignore to exclude' : 'cannot be used where .funcignore excludes';
    return remoteBuild === excluded ? undefined : `remoteBuild: ${remoteBuild} ${requirement} node_modules`;
  }

  it('takes the service as azure.yaml and .funcignore describe it', async () => {
    const { services } = parse(await readFile('azure.yaml', 'utf8'));

    expect(services.app).toMatchObject({ project: '.', language: 'ts', host: 'function', dist: 'dist' });
    expect(refusal(services.app.remoteBuild, funcignore)).toBeUndefined();
  });

  it.each([
    ['a line that names node_modules', false, `${funcignore}node_modules\n`],
    ['a remote build', true, funcignore],
  ])('would refuse %s', (_, remoteBuild, ignoreFile) => {
    expect(refusal(remoteBuild, ignoreFile)).toContain(`remoteBuild: ${remoteBuild}`);
  });

  it('is demanded at the version from which that holds', async () => {
    const { requiredVersions } = parse(await readFile('azure.yaml', 'utf8'));
    expect(requiredVersions).toEqual({ azd: '>= 1.23.12' });
  });
});

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.map((path) => path.slice(folder.length + 1).replaceAll('\\', '/'));
}

/** Those of a clone, and new ones that no commit has yet. */
function filesOfProject(): readonly string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n');
}

/** By Git itself, in a repository that has nothing but this file. */
function isFolderIgnored(ignoreFile: string, folder: string): boolean {
  const repository = mkdtempSync(join(tmpdir(), 'ignored-'));
  try {
    writeFileSync(join(repository, '.gitignore'), ignoreFile);
    mkdirSync(join(repository, folder));
    execFileSync('git', ['init', '--quiet'], { cwd: repository });
    return spawnSync('git', ['check-ignore', '--quiet', folder], { cwd: repository }).status === 0;
  } finally {
    rmSync(repository, { recursive: true });
  }
}
