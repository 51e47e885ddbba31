import { createHash, randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { containerUrlOf, ifThere, openBlobFolder } from '../../../shared/storage/containers.ts';
import { openRecordingArchive } from '../../../shared/storage/recording-archive.ts';

const storage = { connectionString: inject('storage') };
const down = { connectionString: inject('storage').replace(/(BlobEndpoint=http:\/\/127\.0\.0\.1:)\d+/, '$11') };
const inAzure = {
  serviceUrls: {
    blob: 'https://contoso.blob.core.windows.net',
    queue: 'https://contoso.queue.core.windows.net',
    table: 'https://contoso.table.core.windows.net',
  },
};
const anArchive = (settings = storage) => openRecordingArchive(settings, containerUrlOf(settings, `a${randomUUID()}`));

/** A file of this length, in parts that fit no block; `error` is thrown after the last. */
function aFile(lengthBytes: number, error?: Error) {
  const part = Buffer.alloc(1_000_003, 'recording ');
  const sha256 = createHash('sha256');
  async function* bytes() {
    for (let left = lengthBytes; left > 0; left -= part.length) {
      const next = part.subarray(0, Math.min(left, part.length));
      sha256.update(next);
      yield next;
    }
  }
  const facts = () => {
    if (error) {
      throw error;
    }
    return { lengthBytes, sha256: sha256.digest('hex') };
  };
  return { bytes: bytes(), facts };
}

test('a file of several blocks is stored whole, and read from any byte on', async () => {
  const archive = anArchive();
  const stored = await archive.write('a/b.wav', 'audio/wav', aFile(20_000_000));
  expect(await archive.find('a/b.wav')).toEqual(stored);
  expect(stored.lengthBytes).toBe(20_000_000);
  const read: Uint8Array[] = [];
  for await (const part of await archive.read('a/b.wav', 19_999_990, 5)) {
    read.push(part);
  }
  expect(Buffer.concat(read)).toHaveLength(5);
});

test('a file that is found wrong at its end is not stored', async () => {
  const archive = anArchive();
  await expect(archive.write('a.wav', 'audio/wav', aFile(100, new Error('wrong')))).rejects.toThrow('wrong');
  expect(await archive.find('a.wav')).toBeUndefined();
  await expect(archive.read('a.wav', 0, 1)).rejects.toThrow('no longer in the archive');
});

test('two writers of one file at once leave one file, and both get its facts', async () => {
  const archive = anArchive();
  const both = await Promise.all([1, 2].map(() => archive.write('a.wav', 'audio/wav', aFile(9_000_000))));
  expect(both[0]).toEqual(both[1]);
  expect(await archive.find('a.wav')).toEqual(both[0]);
});

test('a file that is there stays as it was first written; another under its name is refused', async () => {
  const archive = anArchive();
  const first = await archive.write('a.wav', 'audio/wav', aFile(10));
  expect(await archive.write('a.wav', 'audio/wav', aFile(10))).toEqual(first);
  await expect(archive.write('a.wav', 'audio/wav', aFile(20))).rejects.toThrow('lacks the file');
  expect(await archive.find('a.wav')).toEqual(first);
});

test('everything below a name is deleted, and nothing besides', async () => {
  const archive = anArchive();
  for (const name of ['x/1', 'x/2', 'y/1']) {
    await archive.write(name, 'audio/wav', aFile(1));
  }
  await archive.deleteAll('x/');
  expect([await archive.find('x/1'), await archive.find('x/2')]).toEqual([undefined, undefined]);
  expect(await archive.find('y/1')).toBeDefined();
  await anArchive().deleteAll('x/');
});

test('unavailable storage is the 503 of the app', async () => {
  const archive = anArchive(down);
  const refused = expect.objectContaining({ code: 'storageUnavailable' });
  await expect(archive.find('a')).rejects.toEqual(refused);
  await expect(archive.write('a', 'audio/wav', aFile(1))).rejects.toBeInstanceOf(AppError);
  await expect(ifThere(() => Promise.reject(new TypeError('our bug')))).rejects.toBeInstanceOf(TypeError);
});

test.each([
  ['a block', 2],
  ['the end', 1],
])('storage that goes away before %s is written is the 503 of the app', async (_, blocks) => {
  const url = containerUrlOf(storage, `a${randomUUID()}`);
  const block = Buffer.alloc(8 * 1024 * 1024);
  async function* bytes() {
    yield block;
    await openBlobFolder(storage, url).container.delete();
    for (let left = blocks - 1; left > 0; left -= 1) {
      yield block;
    }
  }
  const written = openRecordingArchive(storage, url).write('a.wav', 'audio/wav', { ...aFile(1), bytes: bytes() });
  await expect(written).rejects.toEqual(expect.objectContaining({ code: 'storageUnavailable' }));
});

test.each([
  ['https://contoso.blob.core.windows.net/calls', 'https://contoso.blob.core.windows.net/calls', ''],
  ['https://contoso.blob.core.windows.net/calls/a%20b/c/', 'https://contoso.blob.core.windows.net/calls', 'a b/c/'],
  ['https://fabrikam.blob.core.windows.net/calls/a', 'https://fabrikam.blob.core.windows.net/calls', 'a/'],
])('%s is the container %s and the folder "%s"', (url, containerUrl, folder) => {
  const opened = openBlobFolder({ ...inAzure, clientId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }, url);
  expect({ containerUrl: opened.container.url, folder: opened.folder }).toEqual({ containerUrl, folder });
});

test('a container of the app has the address of its account', () => {
  expect(containerUrlOf(inAzure, 'recordings')).toBe('https://contoso.blob.core.windows.net/recordings');
  expect(containerUrlOf(storage, 'recordings')).toMatch(/devstoreaccount1\/recordings$/);
});
