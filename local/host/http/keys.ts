/**
 * Access keys. Core Tools ignore them unless started with `--enable-auth`; then a request needs, in `x-functions-key`
 * or `?code=`, a key of the level its function asks for. The keys live in one file of the data folder.
 */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile } from '../settings/json-file.ts';
import type { Exchange } from './exchange.ts';
import { RequestError } from './request-error.ts';

/** What a request wants to use. */
export type Door =
  | { readonly level: 'anonymous' | 'admin' }
  | { readonly level: 'function'; readonly functionName: string }
  | { readonly level: 'system'; readonly extension: string };

/** Throws 401 unless the request carries a key that opens the door. */
export type Authorize = (door: Door, exchange: Exchange) => void;

const newKey = () => randomBytes(40).toString('base64url');

const keyFile = z.object({
  /** Opens every door. */
  master: z.string().min(1).default(newKey),
  /** Opens every function. */
  host: z.string().min(1).default(newKey),
  functions: z.record(z.string(), z.string().min(1)).default({}),
  /** By extension, e.g. `eventgrid_extension`: opens its webhook. */
  system: z.record(z.string(), z.string().min(1)).default({}),
});

type Keys = z.output<typeof keyFile>;

/** The doors of a host. */
export interface Doors {
  readonly authorize: Authorize;
  /** The key that opens the webhook of an extension; none where every door is open. */
  systemKey(extension: string): string | undefined;
}

/** Lets everything in, as Core Tools do without `--enable-auth`. */
export const openDoors: Doors = { authorize: () => {}, systemKey: () => undefined };

/** Reads `keys.json`, adds a new key for every name that has none, and writes it back readable by the owner only. */
export async function lockedDoors(
  dataDirectory: string,
  functionNames: readonly string[],
  extensions: readonly string[],
): Promise<Doors> {
  const path = join(dataDirectory, 'keys.json');
  const keys = await readJsonFile(path, keyFile, {});
  for (const name of functionNames) {
    keys.functions[name] ??= newKey();
  }
  for (const name of extensions) {
    keys.system[systemKeyName(name)] ??= newKey();
  }
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  const authorize: Authorize = (door, { request, url }) => {
    const header = request.headers['x-functions-key'];
    const given = typeof header === 'string' ? header : (url.searchParams.get('code') ?? '');
    if (door.level === 'anonymous' || keysFor(door, keys).some((key) => isSame(key, given))) {
      return;
    }
    throw new RequestError(401, 'A valid key is required in the header x-functions-key or the query parameter code.');
  };
  return { authorize, systemKey: (extension) => keys.system[systemKeyName(extension)] };
}

function keysFor(door: Door, keys: Keys): (string | undefined)[] {
  switch (door.level) {
    case 'function':
      return [keys.functions[door.functionName], keys.host, keys.master];
    case 'system':
      return [keys.system[systemKeyName(door.extension)], keys.master];
    default:
      return [keys.master];
  }
}

function systemKeyName(extension: string): string {
  return `${extension.toLowerCase()}_extension`;
}

function isSame(key: string | undefined, given: string): boolean {
  const [one, other] = [Buffer.from(key ?? ''), Buffer.from(given)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}
