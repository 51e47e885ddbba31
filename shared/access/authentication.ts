/** Identifies the caller of a request, in the way that the deployment has chosen. */
import type { Config } from '../config.ts';
import { type ApiKeyStore, openApiKeyStore } from '../storage/api-keys.ts';
import { type Caller, localCaller } from './caller.ts';
import { credentialOf, keyHeader, missingCredential } from './credential.ts';
import { openEntra } from './entra.ts';
import { type KnownKeys, openKnownKeys } from './known-keys.ts';

/** The API keys of the app. */
export interface ApiKeys extends Pick<KnownKeys, 'invalidate'> {
  readonly store: ApiKeyStore;
  /** A key that is made would open something, at least once the app is no longer in local mode. */
  readonly canBeMade: boolean;
}

export interface Authentication {
  /** The caller; rejects with 401 for one without a valid credential, and with 503 when that cannot be found out. */
  identify(headers: Headers): Promise<Caller>;
  readonly apiKeys: ApiKeys;
}

/** Opens the way that the settings choose. Nothing is asked before the first request. */
export function openAuthentication({
  access,
  storage,
  tablePrefix,
}: Pick<Config, 'access' | 'storage' | 'tablePrefix'>): Authentication {
  const store = openApiKeyStore(storage, tablePrefix);
  const apiKeys = { store, canBeMade: access.mode !== 'entra', invalidate: () => undefined };
  switch (access.mode) {
    case 'local':
      return { identify: async () => localCaller, apiKeys };
    case 'entra': {
      const byToken = openEntra(access.entra);
      const expected = 'Expected an access token of Microsoft Entra as Authorization: Bearer.';
      return { identify: async (headers) => byToken(credentialOf(headers) ?? refuse(expected)), apiKeys };
    }
    case 'keys': {
      const { identify, invalidate } = openKnownKeys(store, access);
      const expected = 'Expected an API key as x-api-key or as Authorization: Bearer.';
      return {
        identify: async (headers) => identify(credentialOf(headers, keyHeader) ?? refuse(expected)),
        apiKeys: { ...apiKeys, invalidate },
      };
    }
  }
}

function refuse(expected: string): never {
  throw missingCredential(expected);
}
