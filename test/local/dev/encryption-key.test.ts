import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encryptionKeySetting, makeEncryptionKey } from '../../../local/dev/encryption-key.ts';
import { keyFile } from '../../../shared/encryption/local-key.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'data-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

it('makes a key of its own that the app takes, and keeps it at the next run', async () => {
  const path = String(encryptionKeySetting(data).ENCRYPTION_KEY_FILE);
  await makeEncryptionKey(data);
  const made = await readFile(path, 'utf8');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const version = await keyFile(path).currentVersion();
  const dataKey = Buffer.alloc(32, 7);
  expect(await keyFile(path).unwrap(version, await keyFile(path).wrap(version, dataKey))).toEqual(dataKey);
  await makeEncryptionKey(data);
  expect(await readFile(path, 'utf8')).toBe(made);
});

it('fails where the data folder is a file', async () => {
  await writeFile(join(data, 'host'), '');
  await expect(makeEncryptionKey(data)).rejects.toThrow();
});
