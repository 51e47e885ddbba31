/** Server certificates are made once for a set of hosts, and anew when they cannot serve. */

import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { beforeEach, expect, test } from 'vitest';
import { type Keys, loadKeys } from '../../../../local/emulator/tls/key-store.ts';
import { loadLeaf } from '../../../../local/emulator/tls/leaf-store.ts';

let keys: Keys;
beforeEach(async () => {
  keys = await loadKeys(await mkdtemp(join(tmpdir(), 'acs-emulator-leaf-')));
});

async function leafFile(): Promise<string> {
  const folder = dirname(keys.caFile);
  const [name = ''] = (await readdir(folder)).filter((each) => each.startsWith('leaf-'));
  return join(folder, name);
}

test('the same hosts get the same certificate, and others their own', async () => {
  const leaf = await loadLeaf(keys, ['localhost']);

  expect(await loadLeaf(keys, ['localhost'])).toEqual(leaf);
  expect(await loadLeaf(keys, ['localhost', 'emulator.example'])).not.toEqual(leaf);
  expect(() => createSecureContext(leaf)).not.toThrow();
});

test('no other user may read it', async () => {
  await loadLeaf(keys, ['localhost']);

  expect((await stat(await leafFile())).mode & 0o777).toBe(0o600);
});

test.for([['garbage'], ['{"cert": "x", "key": "y"}'], ['null']])('%s in its place is replaced', async ([text = '']) => {
  const leaf = await loadLeaf(keys, ['localhost']);
  await writeFile(await leafFile(), text);
  const fresh = await loadLeaf(keys, ['localhost']);

  expect(fresh).not.toEqual(leaf);
  expect(await loadLeaf(keys, ['localhost'])).toEqual(fresh);
});

test('the certificate of another authority is replaced', async () => {
  const other = await loadKeys(await mkdtemp(join(tmpdir(), 'acs-emulator-leaf-')));
  const foreign = await loadLeaf(other, ['localhost']);
  await loadLeaf(keys, ['localhost']);
  await writeFile(await leafFile(), JSON.stringify(foreign));

  expect(await loadLeaf(keys, ['localhost'])).not.toEqual(foreign);
});
