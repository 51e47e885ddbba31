/** Wraps data keys in development: with the keys of a file, or with one that is published, as the key of Azurite is. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { keyBytes, seal, sealedSchema, unseal } from './sealed.ts';
import type { WrappingKey } from './wrapping-key.ts';

const binding = ['dataKey'] as const;

/** Not a secret: local mode has the published keys of Azurite and of the emulator as well. */
const published = createHash('sha256').update('acs-switchboard: public development key, not a secret').digest();

/** The key of local mode without a file. */
export const publishedKey = keyOf(async () => [published]);

/** The keys of a file, one in base64 on each line: the first wraps; those below it, and the published one, were in use before. */
export function keyFile(path: string): WrappingKey {
  return keyOf(async () => {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new Error(`${path} can be read by other users: run chmod 600 on it`);
    }
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
    const [first, ...earlier] = lines.map((line) => Buffer.from(line, 'base64'));
    if (first === undefined || [first, ...earlier].some(({ length }) => length !== keyBytes)) {
      throw new Error(`${path} holds something else than keys of ${keyBytes} bytes in base64, one on each line`);
    }
    return [first, ...earlier, published];
  });
}

/** The keys, the first of which wraps. */
type Keys = readonly [Buffer, ...Buffer[]];

function keyOf(read: () => Promise<Keys>): WrappingKey {
  const versionOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 16);

  async function at(version: string) {
    const key = (await read()).find((one) => versionOf(one) === version);
    if (!key) {
      throw new Error(`the key ${version}, which wraps a data key, is missing`);
    }
    return { keyId: version, key };
  }

  return {
    setting: 'ENCRYPTION_KEY_FILE',
    currentVersion: async () => versionOf((await read())[0]),
    wrap: async (version, dataKey) => seal(await at(version), dataKey.toString('base64'), binding),
    unwrap: async (version, wrapped) =>
      Buffer.from(unseal(await at(version), sealedSchema.parse(wrapped), binding), 'base64'),
  };
}
