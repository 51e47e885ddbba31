/** Server certificates that outlive the process, one for each set of hosts. */

import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Certificate, createLeaf, isUsableLeaf } from './certificates.ts';
import type { Keys } from './key-store.ts';

/** The certificate for the hosts, beside the authority's; it is made when it is missing or no longer usable. */
export async function loadLeaf({ authority, caFile }: Keys, hosts: readonly string[]): Promise<Certificate> {
  const name = createHash('sha256').update(hosts.join('\n')).digest('hex').slice(0, 16);
  const file = join(dirname(caFile), `leaf-${name}.json`);
  const kept = await readUsable(file, authority);
  if (kept !== undefined) {
    return kept;
  }
  const leaf = await createLeaf(authority, hosts);
  // Moved into place whole: another process may be reading it.
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, JSON.stringify(leaf), { mode: 0o600 });
  await rename(fresh, file);
  return leaf;
}

async function readUsable(file: string, authority: Certificate): Promise<Certificate | undefined> {
  try {
    const leaf = JSON.parse(await readFile(file, 'utf8')) as Certificate;
    return isUsableLeaf(leaf, authority) ? leaf : undefined;
  } catch {
    // Missing, or not as it was written: either way another takes its place.
    return undefined;
  }
}
