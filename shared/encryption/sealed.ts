/** Encrypts texts with AES-256-GCM, each bound to its purpose and to the row that it belongs to: elsewhere it cannot be opened. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** An encrypted text: `enc.`, the id of its data key, and nonce, authentication code and ciphertext in base64url. */
export type Sealed = `enc.${string}`;

/** What the text is for, and the ids of the row that it belongs to. */
export type Binding = readonly [purpose: Purpose, ...ids: readonly string[]];

type Purpose = 'dataKey' | 'document' | 'notification' | 'notifyUrl' | 'webhookSecret';

/** A key by its id. */
export interface DataKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/** Bytes of an AES-256 key. */
export const keyBytes = 32;

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const authCodeBytes = 16;

export const sealedSchema = z.templateLiteral(['enc.', z.string().regex(/^[\w-]+\.[\w-]+$/)]);

/** Encrypts a text. The nonce is random: a data key may seal 2^32 texts before a repetition is likely enough to matter. */
export function seal({ keyId, key }: DataKey, text: string, binding: Binding): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(bound(binding));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `enc.${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url')}`;
}

/** The id of the data key that sealed a text. */
export function keyIdOf(sealed: Sealed): string {
  return sealed.split('.')[1] ?? '';
}

/** Decrypts a text. Throws when it is another, or sealed for something else. */
export function unseal({ key }: DataKey, sealed: Sealed, binding: Binding): string {
  const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
  const [nonce, rest] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes)];
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: authCodeBytes })
    .setAAD(bound(binding))
    .setAuthTag(rest.subarray(0, authCodeBytes));
  return Buffer.concat([decipher.update(rest.subarray(authCodeBytes)), decipher.final()]).toString('utf8');
}

function bound(binding: Binding): Buffer {
  return Buffer.from(JSON.stringify(binding));
}
