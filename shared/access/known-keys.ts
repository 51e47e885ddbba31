/** Callers known by an API key: each key is read once in a while, and its last use is noted about once an hour. */
import type { ApiKeyStore } from '../storage/api-keys.ts';
import { hasHash, idOfKey, type StoredApiKey } from './api-key.ts';
import type { Caller } from './caller.ts';
import { invalidCredential } from './credential.ts';

export interface KnownKeys {
  /** Identifies a caller by its key; rejects with 401. */
  identify(key: string): Promise<Caller>;
  /** Drops what is cached of a key that is revoked in this process. Other instances notice when their cache expires. */
  invalidate(apiKeyId: string): void;
}

/** The caller by the key whose hash the deployment has set. */
const firstKey: Caller = { kind: 'key', id: 'first', name: 'first API key', roles: ['Admin'] };

/** How exact the last use is. */
const lastUseMs = 3_600_000;
const never = new Date(0).toISOString();

export function openKnownKeys(
  store: Pick<ApiKeyStore, 'read' | 'put'>,
  { firstKeyHash, cacheSeconds }: { readonly firstKeyHash?: string | undefined; readonly cacheSeconds: number },
): KnownKeys {
  const cached = new Map<string, { readonly known: StoredApiKey; readonly untilMs: number }>();

  /** The key, when it is that of the row, which is at most `cacheSeconds` old, and has not expired. */
  async function valid(apiKeyId: string, key: string): Promise<StoredApiKey | undefined> {
    const now = Date.now();
    const isValid = ({ hash, expiresAt }: StoredApiKey) =>
      hasHash(key, hash) && !(expiresAt !== undefined && Date.parse(expiresAt) <= now);
    const entry = cached.get(apiKeyId);
    if (entry && now < entry.untilMs) {
      return isValid(entry.known) ? entry.known : undefined;
    }
    cached.delete(apiKeyId);
    const stored = await store.read(apiKeyId);
    if (!stored || !isValid(stored.value)) {
      return undefined;
    }
    if (Date.parse(stored.value.lastUsedAt ?? never) <= now - lastUseMs) {
      await store.put({ ...stored.value, lastUsedAt: new Date(now).toISOString() }, stored);
    }
    cached.set(apiKeyId, { known: stored.value, untilMs: now + cacheSeconds * 1000 });
    return stored.value;
  }

  return {
    async identify(key) {
      const apiKeyId = idOfKey(key);
      if (apiKeyId !== undefined && firstKeyHash !== undefined && hasHash(key, firstKeyHash)) {
        return firstKey;
      }
      const known = apiKeyId === undefined ? undefined : await valid(apiKeyId, key);
      if (!known) {
        throw invalidCredential('Expected an API key of this app that has neither expired nor been revoked.');
      }
      return { kind: 'key', id: known.apiKeyId, name: known.name, roles: known.roles };
    },
    invalidate: (apiKeyId) => void cached.delete(apiKeyId),
  };
}
