/** Loads an app as Azure does: every file that the `main` glob of its package.json matches. */

import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { HostError, messageOf } from '../errors.ts';
import { readJsonFile } from '../settings/json-file.ts';

const packageJson = z.looseObject({ main: z.string().min(1).optional() });

/**
 * Imports the files that `main` (by default that of package.json) matches under `root`, in alphabetical order. Plain
 * `import` serves ES modules, CommonJS and TypeScript that Node can strip. A file that fails is named with its cause, in
 * the words of Azure's worker (startApp.ts).
 */
export async function loadApp(root: string, main: string | undefined, hasFunctions: () => boolean): Promise<void> {
  const pattern = main ?? (await mainOf(root));
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) {
    files.push(file);
  }
  if (files.length === 0) {
    throw new HostError(`No file in ${root} matches "${pattern}": expected the files that register the functions.`);
  }
  for (const file of files.sort()) {
    try {
      await import(pathToFileURL(join(root, file)).href);
    } catch (error) {
      const unreported = hasFunctions() ? '' : `\n${unreportedByAzure}`;
      throw new HostError(`Worker was unable to load entry point "${file}": ${causeOf(error)}${unreported}`, {
        cause: error,
      });
    }
  }
}

/**
 * Before an app has registered a function, the worker answers that the host should look for function.json files, and keeps
 * the error to its console (FunctionsMetadataHandler.ts, registerFunction.ts).
 */
const unreportedByAzure =
  'No function was registered before: Azure would not report this as a load error. Register one, then throw.';

/** A HostError needs no stack; for any other error the stack names the line. */
function causeOf(error: unknown): string {
  return error instanceof Error && !(error instanceof HostError) ? String(error.stack) : messageOf(error);
}

async function mainOf(root: string): Promise<string> {
  const { main } = await readJsonFile(join(root, 'package.json'), packageJson);
  if (main === undefined) {
    throw new HostError(`${join(root, 'package.json')} has no "main": expected a glob of the files with functions.`);
  }
  return main;
}
