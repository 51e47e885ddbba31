/** The app's managed identity. One object for each identity, because it keeps the tokens that it was given. */
import { DefaultAzureCredential } from '@azure/identity';

const credentials = new Map<string, DefaultAzureCredential>();

/** The credential of a user-assigned identity, or of the app's only one. No request is made before the first use. */
export function credentialOf(clientId: string | undefined): DefaultAzureCredential {
  const key = clientId ?? '';
  const known = credentials.get(key);
  if (known) {
    return known;
  }
  const made = new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
  credentials.set(key, made);
  return made;
}
