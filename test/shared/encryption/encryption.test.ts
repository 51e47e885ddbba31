/** Data keys over time: their first use, rotation, and what several instances and outages make of it. */

import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RestError } from '@azure/core-rest-pipeline';
import { beforeEach, expect, inject, test } from 'vitest';
import { type EncryptionParts, refreshMs, settleMs } from '../../../shared/encryption/encryption.ts';
import { keyFile, publishedKey } from '../../../shared/encryption/local-key.ts';
import { keyBytes, keyIdOf } from '../../../shared/encryption/sealed.ts';
import type { WrappingKey } from '../../../shared/encryption/wrapping-key.ts';
import { AppError } from '../../../shared/errors.ts';
import { openDataKeys } from '../../../shared/storage/data-keys.ts';
import { anEncryption, dataKeysInMemory } from '../../support/encryption.ts';

const binding = ['notifyUrl', 'c1'] as const;

const newKeyFile = () => `${randomBytes(keyBytes).toString('base64')}\n`;

let file: string;
let rows: ReturnType<typeof dataKeysInMemory>;
let nowMs: number;
let logged: string[];
let loads: number;

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'encryption-')), 'key');
  await writeFile(file, newKeyFile(), { mode: 0o600 });
  rows = dataKeysInMemory();
  nowMs = Date.UTC(2026, 0, 1);
  logged = [];
  loads = 0;
});

/** An instance of the app, whose key is that of the file. */
const anInstance = (over: Partial<EncryptionParts> = {}) =>
  anEncryption({
    rows: {
      add: rows.add,
      all: () => {
        loads += 1;
        return rows.all();
      },
    },
    wrappingKey: keyFile(file),
    now: () => nowMs,
    log: { dataKeysNotLoaded: ({ error }) => void logged.push(error) },
    ...over,
  });

/** A key that fails its every use, or works again. */
function failing(error: Error): WrappingKey & { isDown: boolean } {
  const key = keyFile(file);
  const one: WrappingKey & { isDown: boolean } = {
    ...key,
    isDown: true,
    currentVersion: async () => {
      if (one.isDown) {
        throw error;
      }
      return key.currentVersion();
    },
  };
  return one;
}

const rotate = async () => writeFile(file, `${newKeyFile()}${await readFile(file, 'utf8')}`);

test('an instance loads the data keys once, and another opens what it has sealed', async () => {
  const [one, other] = [anInstance(), anInstance()];
  await Promise.all([one.start(), other.start()]);
  const sealed = await Promise.all(Array.from({ length: 20 }, (_, index) => one.seal(`text ${index}`, binding)));
  for (const [index, text] of sealed.entries()) {
    expect(await other.open(text, binding)).toBe(`text ${index}`);
  }
  expect(rows.stored).toHaveLength(1);
  expect(JSON.stringify(rows.stored)).not.toContain((await readFile(file, 'utf8')).trim());
  // Each reads, and reads again because the first of them has stored a key.
  expect(loads).toBeLessThanOrEqual(4);
});

test('after a rotation the new key seals when every instance has had the time to load it; older texts open', async () => {
  const [one, other] = [anInstance(), anInstance()];
  const before = await one.seal('before', binding);
  expect(await other.open(before, binding)).toBe('before');
  await rotate();
  const fresh = anInstance();
  await fresh.start();
  expect(rows.stored).toHaveLength(2);
  expect(keyIdOf(await fresh.seal('meanwhile', binding))).toBe(keyIdOf(before));
  nowMs += settleMs;
  const after = await fresh.seal('after', binding);
  expect(keyIdOf(after)).not.toBe(keyIdOf(before));
  expect(await fresh.open(before, binding)).toBe('before');
  // An instance that was not in use meets the new key at once.
  expect(await other.open(after, binding)).toBe('after');
});

test('an instance in use looks for new keys beside its work, and goes on with those it has when it finds none', async () => {
  const wrappingKey = failing(new RestError('down', { statusCode: 503 }));
  wrappingKey.isDown = false;
  const one = anInstance({ wrappingKey });
  const sealed = await one.seal('text', binding);
  const loadsBefore = loads;
  await one.open(sealed, binding);
  expect(loads).toBe(loadsBefore);
  nowMs += refreshMs + 1;
  wrappingKey.isDown = true;
  expect(await one.open(sealed, binding)).toBe('text');
  await expect.poll(() => logged).toEqual([expect.stringContaining('down')]);
  wrappingKey.isDown = false;
  await rotate();
  await one.open(sealed, binding);
  await expect.poll(() => rows.stored).toHaveLength(2);
});

const outages = [
  new RestError('busy', { statusCode: 503 }),
  new RestError('throttled', { statusCode: 429 }),
  new RestError('slow', { statusCode: 408 }),
  new RestError('refused', { code: RestError.REQUEST_SEND_ERROR }),
  new DOMException('late', 'AbortError'),
  new DOMException('late', 'TimeoutError'),
  new AppError('storageUnavailable', 'storage'),
];

test.each(outages)('an outage does not fail the start; until it is over nothing is sealed: %s', async (error) => {
  const wrappingKey = failing(error);
  const one = anInstance({ wrappingKey });
  await one.start();
  expect(logged).toHaveLength(1);
  await expect(one.seal('text', binding)).rejects.toMatchObject({ code: 'storageUnavailable' });
  wrappingKey.isDown = false;
  expect(await one.open(await one.seal('text', binding), binding)).toBe('text');
});

const misconfigured = [
  new RestError('Caller is not authorized to perform action', { statusCode: 403 }),
  new RestError('A key with that name was not found', { statusCode: 404 }),
  new AppError('conflict', 'other'),
  'thrown as text' as unknown as Error,
];

test.each(misconfigured)(
  'a key that cannot be used as it is set up fails the start, and says why: %s',
  async (error) => {
    const one = anInstance({ wrappingKey: failing(error) });
    await expect(one.start()).rejects.toThrow(
      /cannot start: the key of ENCRYPTION_KEY_FILE .*(authorized|found|other|text)/,
    );
    await expect(one.seal('text', binding)).rejects.toBe(error);
  },
);

test('a text of a data key that is not stored does not open', async () => {
  const elsewhere = await anEncryption().seal('text', binding);
  await expect(anInstance().open(elsewhere, binding)).rejects.toThrow('which is not stored');
});

test('a key file that others may read, that is missing or holds no keys fails the start', async () => {
  await chmod(file, 0o640);
  await expect(anInstance().start()).rejects.toThrow('can be read by other users');
  await chmod(file, 0o600);
  for (const text of ['', 'c2hvcnQ=', `${newKeyFile()}word\n`]) {
    await writeFile(file, text);
    await expect(anInstance().start()).rejects.toThrow('holds something else');
  }
  await expect(anInstance({ wrappingKey: keyFile(`${file}-2`) }).start()).rejects.toThrow('ENOENT');
});

test('a key that was taken out of the file fails the start, because texts of its time cannot be opened', async () => {
  await anInstance().start();
  await writeFile(file, newKeyFile());
  await expect(anInstance().start()).rejects.toThrow('which wraps a data key, is missing');
});

test('two instances that start at once on the same storage have one data key', async () => {
  const store = openDataKeys({ connectionString: inject('storage') }, `t${randomUUID().slice(0, 8)}`);
  const [one, other] = [anEncryption({ rows: store, wrappingKey: publishedKey }), anEncryption({ rows: store })];
  const sealed = await Promise.all([one.seal('of one', binding), other.seal('of other', binding)]);
  expect(await Promise.all(sealed.map((text) => one.open(text, binding)))).toEqual(['of one', 'of other']);
  expect(await store.all()).toHaveLength(1);
});
