/** Wraps data keys with an RSA key of Key Vault, which never leaves it. */
import type { TokenCredential } from '@azure/identity';
import type { KeyClientOptions } from '@azure/keyvault-keys';
import type { WrappingKey } from './wrapping-key.ts';

const algorithm = 'RSA-OAEP-256';

/** One try may take this long. Only the start of the app and a rotation wait for it. */
const timeoutMs = 5000;

const retryOptions = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1000 };

/** The key of a URL `https://{vault}/keys/{name}`. The SDK is loaded at the first use: local apps do without. */
export function keyVaultKey(url: string, credential: TokenCredential, options: KeyClientOptions = {}): WrappingKey {
  const { origin, pathname } = new URL(url);
  const name = pathname.replace('/keys/', '');
  const all = { retryOptions, ...options };
  const limit = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });

  async function at(version: string) {
    const { CryptographyClient } = await import('@azure/keyvault-keys');
    return new CryptographyClient(`${origin}/keys/${name}/${version}`, credential, all);
  }

  return {
    setting: 'ENCRYPTION_KEY_URL',
    async currentVersion() {
      const { KeyClient } = await import('@azure/keyvault-keys');
      const { properties } = await new KeyClient(origin, credential, all).getKey(name, limit());
      return String(properties.version);
    },
    async wrap(version, dataKey) {
      const { result } = await (await at(version)).wrapKey(algorithm, dataKey, limit());
      return Buffer.from(result).toString('base64');
    },
    async unwrap(version, wrapped) {
      const { result } = await (await at(version)).unwrapKey(algorithm, Buffer.from(wrapped, 'base64'), limit());
      return Buffer.from(result);
    },
  };
}
