/** The settings of encryption at rest, and the key that they name. */
import * as z from 'zod';
import { credentialOf } from '../credential.ts';
import { keyVaultKey } from './key-vault.ts';
import { keyFile, publishedKey } from './local-key.ts';
import type { WrappingKey } from './wrapping-key.ts';

export const encryptionShape = {
  ENCRYPTION_KEY_URL: z
    .url({ protocol: /^https$/ })
    .regex(/^https:\/\/[^/?#@]+\/keys\/[\w-]+$/, 'expected https://{vault}/keys/{name}, without a version')
    .optional()
    .meta({
      description:
        'RSA key of Key Vault that protects webhook secrets and `notifyUrl` in storage, without a version; required outside local mode',
      applies: 'Azure',
    }),
  ENCRYPTION_KEY_FILE: z.string().optional().meta({
    description:
      'File with that key instead: 32 bytes in base64, earlier ones on the lines below; a published key unless set',
    applies: 'local development',
  }),
};

type EncryptionEnvironment = z.output<z.ZodObject<typeof encryptionShape>>;

export interface EncryptionSettings {
  readonly keyUrl: string | undefined;
  readonly keyFile: string | undefined;
  readonly clientId: string | undefined;
}

/** The settings in the shape that the app's parts take. */
export function encryptionSettings(
  settings: EncryptionEnvironment & { readonly AZURE_CLIENT_ID?: string | undefined },
): EncryptionSettings {
  return {
    keyUrl: settings.ENCRYPTION_KEY_URL,
    keyFile: settings.ENCRYPTION_KEY_FILE,
    clientId: settings.AZURE_CLIENT_ID,
  };
}

/** What is wrong with the settings, by name: only local mode has a key elsewhere than in Key Vault. */
export function encryptionErrors(
  { ENCRYPTION_KEY_URL: url, ENCRYPTION_KEY_FILE: file }: EncryptionEnvironment,
  isLocal: boolean,
): Readonly<Record<string, string>> {
  return {
    ...(url === undefined &&
      !isLocal && { ENCRYPTION_KEY_URL: 'required: the key of Key Vault that protects secrets' }),
    ...(file !== undefined &&
      (url !== undefined || !isLocal) && { ENCRYPTION_KEY_FILE: 'for local mode only, without ENCRYPTION_KEY_URL' }),
  };
}

/** The key that the settings name. */
export function wrappingKeyOf({ keyUrl, keyFile: path, clientId }: EncryptionSettings): WrappingKey {
  if (keyUrl !== undefined) {
    return keyVaultKey(keyUrl, credentialOf(clientId));
  }
  return path === undefined ? publishedKey : keyFile(path);
}
