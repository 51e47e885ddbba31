import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { durableBackend, writeDeployable } from '../../../local/build/deployable.ts';

const root = await mkdtemp(join(tmpdir(), 'deployable-'));
afterAll(() => rm(root, { recursive: true }));

const read = async (name: string) => JSON.parse(await readFile(name, 'utf8'));

async function written(backend: 'storage' | 'scheduler') {
  await mkdir(join(root, 'dist'), { recursive: true });
  for (const name of ['host.json', 'package.json']) {
    await writeFile(join(root, name), await readFile(name));
  }
  await writeDeployable(root, 'dist/main.js', backend);
  return { host: await read(join(root, 'dist/host.json')), manifest: await read(join(root, 'dist/package.json')) };
}

it("leaves the project's own host.json, and a package.json that names the bundle", async () => {
  const { host, manifest } = await written('storage');

  expect(host).toEqual(await read('host.json'));
  expect(manifest).toMatchObject({ type: 'module', main: 'main.js' });
  expect(Object.keys(manifest)).not.toContain('dependencies');
});

it('changes the storage provider, and nothing else, for Durable Task Scheduler', async () => {
  const { host } = await written('scheduler');
  const { extensions, ...rest } = await read('host.json');

  const { storageProvider, ...durableTask } = extensions.durableTask;
  expect(storageProvider).toMatchObject({ connectionName: 'AzureWebJobsStorage' });
  expect(host).toEqual({
    ...rest,
    extensions: {
      ...extensions,
      durableTask: {
        ...durableTask,
        storageProvider: {
          type: 'azureManaged',
          connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING',
        },
      },
    },
  });
});

it('takes Azure Storage by default, and refuses what is no backend', () => {
  expect([durableBackend(undefined), durableBackend(''), durableBackend('scheduler')]).toEqual([
    'storage',
    'storage',
    'scheduler',
  ]);
  expect(() => durableBackend('netherite')).toThrow(/DURABLE_BACKEND to be storage or scheduler, not "netherite"/);
});
