/** The app's Azure credentials. One object per identity, because it caches its tokens. */
import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';

const credentials = new Map<string, TokenCredential>();

/**
 * The credential of the user-assigned identity with this client id. It uses the platform's identity endpoint only: a chain
 * of credentials could pick another identity that the environment names, starts slower, and hides why the intended one
 * got no token. Without a client id `DefaultAzureCredential` uses the system-assigned identity, or on a developer's machine
 * the account of `az login`. No request is made before the first use.
 */
export function credentialOf(clientId: string | undefined): TokenCredential {
  const key = clientId ?? '';
  const known = credentials.get(key);
  if (known) {
    return known;
  }
  const made = clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
  credentials.set(key, made);
  return made;
}
