/** Where the apps are that the tests serve, and data folders for them. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the app `apps/<name>`. */
export function appRoot(name: string): string {
  return fileURLToPath(new URL(`../apps/${name}`, import.meta.url));
}

/** A data folder of a test's own, and what removes it. */
export async function temporaryData(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'functions-host-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
