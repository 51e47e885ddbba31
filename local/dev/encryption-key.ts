/** The key that encrypts secrets in the storage of `npm run dev`: a file in its data folder, which other users cannot read. */

import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The setting of the app that names the file. */
export function encryptionKeySetting(dataDirectory: string): Readonly<Record<string, string>> {
  return { ENCRYPTION_KEY_FILE: join(dataDirectory, 'host', 'encryption-key') };
}

/** Makes the file where there is none. */
export async function makeEncryptionKey(dataDirectory: string): Promise<void> {
  for (const file of Object.values(encryptionKeySetting(dataDirectory))) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' }).catch((error) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}
