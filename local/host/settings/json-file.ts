/** Reads a JSON file that has a schema; errors name the file and the JSON path. */

import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { HostError, messageOf } from '../errors.ts';

/** The parsed file, or `fallback` when there is one and the file is missing. */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  fallback?: unknown,
): Promise<z.output<Schema>> {
  const text = await readText(path, fallback !== undefined);
  const result = schema.safeParse(text === undefined ? fallback : parse(path, text));
  if (!result.success) {
    throw new HostError(`${path} is not valid:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}

async function readText(path: string, mayBeMissing: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (mayBeMissing && error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw new HostError(`Could not read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HostError(`${path} is not JSON: ${messageOf(error)}`, { cause: error });
  }
}
