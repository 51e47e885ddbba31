/** The identity by which the app reaches Azure. One object for each, because it keeps the tokens that it was given. */
import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';

const credentials = new Map<string, TokenCredential>();

/**
 * The credential of the user-assigned identity with this client id. It asks the platform's identity endpoint and nothing
 * else: a chain of credentials would take another identity that the environment happens to name, starts slower, and hides
 * why the one that was meant gave no token. Without a client id `DefaultAzureCredential` finds the identity of the system,
 * and on a developer's machine who signed in by `az login`. No request is made before the first use.
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
