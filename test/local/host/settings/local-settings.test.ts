import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readLocalSettings } from '../../../../local/host/settings/local-settings.ts';

const root = await mkdtemp(join(tmpdir(), 'local-settings-'));
afterAll(() => rm(root, { recursive: true }));

async function read(text: string) {
  await writeFile(join(root, 'local.settings.json'), text);
  return readLocalSettings(root);
}

it('is empty without a file', async () => {
  expect(await readLocalSettings(join(root, 'none'))).toEqual({
    values: {},
    port: undefined,
    cors: { origins: [], credentials: false },
  });
});

it('reads values, port and origins, whatever byte order mark precedes them', async () => {
  const settings = {
    Values: { A: '1' },
    Host: { LocalHttpPort: 7072, CORS: 'http://a, http://b' },
    ConnectionStrings: {},
  };

  expect(await read(`\uFEFF${JSON.stringify(settings)}`)).toEqual({
    values: { A: '1' },
    port: 7072,
    cors: { origins: ['http://a', 'http://b'], credentials: false },
  });
});

it('refuses encrypted settings', async () => {
  await expect(read('{"IsEncrypted":true,"Values":{"A":"cipher"}}')).rejects.toThrow('only be read by Core Tools');
});

it('names a value that is no text', async () => {
  await expect(read('{"Values":{"A":1}}')).rejects.toThrow(/Values\.A/);
});
