/**
 * API keys: an id, by which a key is found, and 256 random bits, of which a hash is stored. A hash that is slow on purpose would
 * add nothing: it makes guesses of passwords expensive, and no one guesses 256 bits.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { roleSchema } from '../http/roles.ts';

/** The start of every key, by which tools that search for secrets find one. */
const format = /^swb_([0-9a-f]{16})_[0-9a-f]{64}$/;

/** A new key, and the id within it. */
export function newKey(): { readonly apiKeyId: string; readonly key: string } {
  const apiKeyId = randomBytes(8).toString('hex');
  return { apiKeyId, key: `swb_${apiKeyId}_${randomBytes(32).toString('hex')}` };
}

/** The id within a key; undefined for a text that is no key. */
export function idOfKey(key: string): string | undefined {
  return format.exec(key)?.[1];
}

/** The SHA-256 hash of a key, in hexadecimal digits. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether a key has a hash, in a time that does not depend on where they differ. */
export function hasHash(key: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(hash));
}

const name = z.string().min(1).max(100).meta({ description: 'Who has the key, such as `crm`' });

/** The members that a client gives. */
export const apiKeyInput = z.strictObject({
  name,
  roles: z
    .array(roleSchema)
    .min(1)
    .refine((given) => new Set(given).size === given.length, 'expected each role once')
    .meta({ description: 'What the key opens', uniqueItems: true }),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text).toISOString())
    .pipe(z.string())
    .optional()
    .meta({ description: 'When the key stops to be valid; never unless given' }),
});

/** A key as it is shown: without the key itself. */
export const apiKeySchema = z
  .object({
    apiKeyId: z.string(),
    name,
    roles: z.array(roleSchema),
    createdAt: z.iso.datetime(),
    createdBy: z
      .string()
      .optional()
      .meta({ description: 'The caller who made it, such as `key:…`; absent in local mode' }),
    expiresAt: z.iso.datetime().optional(),
    lastUsedAt: z.iso.datetime().optional().meta({ description: 'When it was used last, to about an hour' }),
  })
  .meta({ id: 'ApiKey' });

export type ApiKey = Readonly<z.infer<typeof apiKeySchema>>;

/** A key as it is stored. */
export interface StoredApiKey extends ApiKey {
  /** The SHA-256 hash of the key. */
  readonly hash: string;
}

/** A stored key as it is shown. */
export function toApiKey({ hash: _, ...shown }: StoredApiKey): ApiKey {
  return shown;
}
