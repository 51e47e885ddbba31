/**
 * Access keys, with the rules of Azure (SecretManager, AuthLevelAuthorizationHandler). Core Tools ask for none unless
 * started with `--enableAuth`, and neither does this host. The keys live in one file of the data folder.
 */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile } from '../settings/json-file.ts';
import type { Exchange } from './exchange.ts';
import { queryValues } from './path.ts';
import { RequestError } from './request-error.ts';

/** What a request wants to use. */
export type Door =
  | { readonly to: 'function'; readonly name: string; readonly level: 'anonymous' | 'function' | 'admin' }
  | { readonly to: 'webhook'; readonly extension: string }
  | { readonly to: 'admin' };

/** Throws 401 or 403 unless the request carries a key that is valid there. */
export type Authorize = (door: Door, exchange: Exchange) => void;

const newKey = () => randomBytes(40).toString('base64url');

const keyFile = z.object({
  /** Opens every door. */
  master: z.string().min(1).default(newKey),
  /** Opens every function. */
  host: z.string().min(1).default(newKey),
  functions: z.record(z.string(), z.string().min(1)).default({}),
  /** By name, e.g. `eventgrid_extension`: opens the webhook of an extension. */
  system: z.record(z.string(), z.string().min(1)).default({}),
});

type Keys = z.output<typeof keyFile>;

/** The keys of one scope by their name. */
export type NamedKeys = Readonly<Record<string, string>>;

/** The doors of a host. */
export interface Doors {
  readonly authorize: Authorize;
  /** The key that opens the webhook of an extension; none where every door is open. */
  systemKey(extension: string): string | undefined;
  /** The keys that `/admin` lists: those for all functions, for one, or for extensions. */
  hostKeys(): NamedKeys;
  functionKeys(name: string): NamedKeys;
  systemKeys(): NamedKeys;
  masterKey(): NamedKeys;
}

/** Accepts every request, as Core Tools do without `--enableAuth`; there are no keys. */
export const openDoors: Doors = {
  authorize: () => {},
  systemKey: () => undefined,
  hostKeys: () => ({}),
  functionKeys: () => ({}),
  systemKeys: () => ({}),
  masterKey: () => ({}),
};

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
  return {
    authorize: (door, exchange) => authorize(door, exchange, keys),
    systemKey: (extension) => keys.system[systemKeyName(extension)],
    hostKeys: () => ({ default: keys.host }),
    functionKeys: (name) => defaultKey(keys.functions[name]),
    systemKeys: () => keys.system,
    masterKey: () => ({ _master: keys.master }),
  };
}

/** The scope of a key; a system key has a name. */
type Grant = 'admin' | 'function' | `system ${string}`;

/** A function answers 401 to any other key; the host's own areas answer 403 to a key that is valid elsewhere. */
function authorize(door: Door, exchange: Exchange, keys: Keys): void {
  const needed = grantFor(door);
  const granted = grantOf(givenKey(exchange), door, keys);
  if (needed === undefined || granted === 'admin' || granted === needed) {
    return;
  }
  if (door.to === 'function') {
    throw new RequestError(401);
  }
  throw granted === undefined ? new RequestError(401, '', { 'www-authenticate': 'Bearer' }) : new RequestError(403);
}

function grantFor(door: Door): Grant | undefined {
  switch (door.to) {
    case 'function':
      return door.level === 'anonymous' ? undefined : door.level;
    case 'webhook':
      return `system ${systemKeyName(door.extension)}`;
    default:
      return 'admin';
  }
}

function grantOf(given: string, door: Door, { master, host, functions, system }: Keys): Grant | undefined {
  if (isSame(master, given)) {
    return 'admin';
  }
  const systemKey = Object.entries(system).find(([, key]) => isSame(key, given));
  if (systemKey !== undefined) {
    return `system ${systemKey[0]}`;
  }
  const own = door.to === 'function' ? functions[door.name] : undefined;
  return isSame(host, given) || isSame(own, given) ? 'function' : undefined;
}

/** The header wins over the query, even an empty one. */
function givenKey({ request, url }: Exchange): string {
  const [header] = request.headersDistinct['x-functions-key'] ?? [];
  return header ?? queryValues(url, 'code')[0] ?? '';
}

function defaultKey(key: string | undefined): NamedKeys {
  return key === undefined ? {} : { default: key };
}

function systemKeyName(extension: string): string {
  return `${extension.toLowerCase()}_extension`;
}

function isSame(key: string | undefined, given: string): boolean {
  const [one, other] = [Buffer.from(key ?? ''), Buffer.from(given)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}
