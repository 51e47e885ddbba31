/** The keys in the cache folder: the certificate authority, and the key that signs callback tokens. */

import { generateKeyPair, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { type Certificate, createAuthority, isUsableAuthority } from './certificates.ts';

export interface Keys {
  readonly authority: Certificate;
  /** PEM file of the authority, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** PEM file of the authority and of the public ones, for clients that a file makes trust nothing else. */
  readonly bundleFile: string;
  /** RSA private key in PEM (PKCS 8). */
  readonly signingKey: string;
}

const FILES = { ca: 'ca.pem', bundle: 'ca-bundle.pem', caKey: 'ca-key.pem', signingKey: 'signing-key.pem' };

/**
 * Reads the keys of a cache folder, and makes them when they are missing or no longer usable. Safe to call from several
 * processes at once: keys are written aside and moved into place as one folder; the second process takes the first's.
 */
export async function loadKeys(cacheDirectory: string): Promise<Keys> {
  const folder = join(cacheDirectory, 'keys');
  const kept = await read(folder);
  if (kept !== undefined) {
    return kept;
  }
  const fresh = join(cacheDirectory, `.keys-${randomUUID()}`);
  await write(fresh);
  try {
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true });
    if (!isTaken(error)) {
      throw error;
    }
    return await readMadeByAnother(folder);
  }
  return await readMadeByAnother(folder);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

async function readMadeByAnother(folder: string): Promise<Keys> {
  const keys = await read(folder);
  if (keys === undefined) {
    throw new Error(`The keys in ${folder} cannot be used. Delete the folder; it is made again.`);
  }
  return keys;
}

async function read(folder: string): Promise<Keys | undefined> {
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  try {
    const authority = { cert: await text(FILES.ca), key: await text(FILES.caKey) };
    const [caFile, bundleFile] = [join(folder, FILES.ca), join(folder, FILES.bundle)];
    const keys = { authority, caFile, bundleFile, signingKey: await text(FILES.signingKey) };
    await access(bundleFile);
    if (isUsableAuthority(authority)) {
      return keys;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw error;
    }
  }
  // Incomplete or expired: cleared away, so that fresh keys can take its place.
  await rm(folder, { recursive: true, force: true });
  return undefined;
}

async function write(folder: string): Promise<void> {
  const authority = await createAuthority();
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secret = { mode: 0o600 };
  await writeFile(join(folder, FILES.ca), authority.cert);
  const bundle = [authority.cert, ...rootCertificates.map((cert) => `${cert}\n`)].join('');
  await writeFile(join(folder, FILES.bundle), bundle);
  await writeFile(join(folder, FILES.caKey), authority.key, secret);
  await writeFile(join(folder, FILES.signingKey), privateKey.export({ type: 'pkcs8', format: 'pem' }), secret);
}
