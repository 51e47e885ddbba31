/**
 * Envelope encryption of what is secret at rest: texts are sealed with data keys, which a key of Key Vault wraps and storage
 * keeps. An instance holds the data keys in memory, so that sealing and opening wait for no service.
 */
import { randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { DataKeyStore } from '../storage/data-keys.ts';
import { type Binding, type DataKey, keyBytes, keyIdOf, type Sealed, seal, unseal } from './sealed.ts';
import type { WrappingKey } from './wrapping-key.ts';

export interface Encryption {
  /**
   * Loads the data keys at the start of the app. Rejects when the key cannot be used as it is set up; an outage is logged,
   * and the first use loads them: it would end, an instance that has failed to start would not come back.
   */
  start(): Promise<void>;
  seal(text: string, binding: Binding): Promise<Sealed>;
  open(sealed: Sealed, binding: Binding): Promise<string>;
}

export interface EncryptionParts {
  readonly rows: DataKeyStore;
  readonly wrappingKey: WrappingKey;
  readonly log: Pick<Log, 'dataKeysNotLoaded'>;
  readonly now: () => number;
}

interface StoredKey extends DataKey {
  readonly createdAt: string;
}

/** An instance that is in use looks for new data keys this often, beside its work. */
export const refreshMs = 600_000;

/** A new data key seals only when every instance has had the time to load it. */
export const settleMs = 3_600_000;

/** Opens the encryption. No request is made before the first use. */
export function openEncryption({ rows, wrappingKey, log, now }: EncryptionParts): Encryption {
  let keys: readonly StoredKey[] = [];
  let loadedAtMs = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const version = await wrappingKey.currentVersion();
    let stored = await rows.all();
    if (!stored.some(({ keyId }) => keyId === version)) {
      const wrapped = await wrappingKey.wrap(version, randomBytes(keyBytes));
      await rows.add({ keyId: version, wrapped, createdAt: new Date(now()).toISOString() });
      stored = await rows.all();
    }
    const known = keys;
    keys = await Promise.all(
      stored.map(async ({ keyId, wrapped, createdAt }) => {
        const one = known.find((key) => key.keyId === keyId);
        return one ?? { keyId, createdAt, key: await wrappingKey.unwrap(keyId, wrapped) };
      }),
    );
    loadedAtMs = now();
  }

  /** Several at once share one load. */
  function load(): Promise<void> {
    loading ??= read().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  /** Rejects with 503 while the keys cannot be loaded. */
  const loaded = () =>
    load().catch((error) => {
      throw isOutage(error) ? unavailable() : error;
    });

  const logged = (error: unknown) => log.dataKeysNotLoaded({ error: String(error) });

  async function current(): Promise<readonly StoredKey[]> {
    if (keys.length === 0) {
      await loaded();
    } else if (now() - loadedAtMs > refreshMs) {
      load().catch(logged);
    }
    return keys;
  }

  return {
    async start() {
      try {
        await load();
      } catch (error) {
        if (!isOutage(error)) {
          throw new Error(
            `The app cannot start: the key of ${wrappingKey.setting} cannot encrypt what it stores. ${messageOf(error)}`,
          );
        }
        logged(error);
      }
    },

    async seal(text, binding) {
      return seal(sealingKey(await current(), now()), text, binding);
    },

    async open(sealed, binding) {
      const isOpening = ({ keyId }: StoredKey) => keyId === keyIdOf(sealed);
      let key = (await current()).find(isOpening);
      if (!key) {
        await loaded();
        key = keys.find(isOpening);
      }
      if (!key) {
        throw new Error(`Encrypted with the data key ${keyIdOf(sealed)}, which is not stored`);
      }
      return unseal(key, sealed, binding);
    },
  };
}

/** The newest of the settled data keys; the first one is used at once. */
function sealingKey(keys: readonly StoredKey[], nowMs: number): StoredKey {
  const [first, ...later] = keys.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
  const settled = later.filter(({ createdAt }) => Date.parse(createdAt) + settleMs <= nowMs).at(-1);
  return settled ?? (first as StoredKey);
}

/** Whether a failure passes by itself: of the network, of a service, or of storage; not of what is set up. */
function isOutage(error: unknown): boolean {
  if (error instanceof AppError) {
    return error.code === 'storageUnavailable';
  }
  const { statusCode, code, name } = error as { statusCode?: number; code?: string; name?: string };
  return statusCode === undefined
    ? code === 'REQUEST_SEND_ERROR' || name === 'AbortError' || name === 'TimeoutError'
    : statusCode >= 500 || statusCode === 408 || statusCode === 429;
}

function unavailable(): AppError {
  return new AppError('storageUnavailable', 'The key that encrypts what is stored cannot be reached.');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
