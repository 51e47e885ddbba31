/** Reports when a source file below a folder changes. */

import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

const sourceFile = /\.(?:[cm]?[jt]s|json)$/;
/** What packages bring and what test runs write. */
const notSources = new Set(['node_modules', 'coverage']);
/** Several writes of one save, or of one build, are one change. */
const debounceMs = 200;

/**
 * Calls `onChange` once files with code or settings have changed and rested; not for files in dot folders, node_modules,
 * coverage and `ignored`. Resolves to what ends the watch. Top-level folders made later are not watched.
 */
export async function watchSources(
  root: string,
  ignored: readonly string[],
  onChange: () => void,
): Promise<() => void> {
  let pending: NodeJS.Timeout | undefined;
  const skip = ignored.map((path) => resolve(path));
  const isIgnored = (path: string) => skip.some((one) => path === one || path.startsWith(one + sep));
  const changed = (folder: string, file: string | null) => {
    const isSource = file !== null && sourceFile.test(file) && !dirname(file).split(sep).some(holdsNoSources);
    if (!isSource || isIgnored(resolve(folder, file))) {
      return;
    }
    clearTimeout(pending);
    pending = setTimeout(onChange, debounceMs);
  };
  const watchers: FSWatcher[] = [watch(root, (_, file) => changed(root, file))];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || holdsNoSources(entry.name)) {
      continue;
    }
    const folder = join(root, entry.name);
    watchers.push(watch(folder, { recursive: true }, (_, file) => changed(folder, file)));
  }
  return () => {
    clearTimeout(pending);
    for (const watcher of watchers) {
      watcher.close();
    }
  };
}

/** `.`, the folder that is watched itself, does. */
function holdsNoSources(folder: string): boolean {
  return notSources.has(folder) || (folder.startsWith('.') && folder !== '.');
}
