/** Verifies messages to webhooks by the Standard Webhooks specification, with Web Crypto, so in browsers and workers too. */
import type { WebhookEvent } from './client.ts';

/** A message as it was received. */
export interface WebhookMessage {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The text of the body, byte by byte: JSON that was parsed and written again has another signature. */
  readonly body: string;
}

export interface VerifyOptions {
  /** How far the time of the attempt may be from now: a message that was recorded cannot be sent again later. */
  readonly toleranceSeconds?: number;
  /** In milliseconds since 1970. */
  readonly now?: number;
}

/** A message that is not from Switchboard, or not the one that Switchboard sent, or sent too long ago. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
}

/**
 * The event of a message. Throws a WebhookVerificationError unless it is signed with one of the secrets (`whsec_…`): give
 * the old and the new one while a secret is rotated. A message may arrive twice: its `webhook-id` is then the same.
 */
export async function verifyWebhook(
  { headers, body }: WebhookMessage,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<WebhookEvent> {
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerIn(headers, name),
  );
  if (!id || !timestamp || !signature) {
    throw new WebhookVerificationError('The message has no webhook-id, webhook-timestamp and webhook-signature.');
  }
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds)) {
    throw new WebhookVerificationError(`The message was sent more than ${toleranceSeconds} s ago, or from now.`);
  }
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = signature.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice('v1,'.length)] : []));
  for (const secret of [secrets].flat()) {
    const key = await keyOf(secret);
    for (const one of signatures) {
      const bytes = bytesOf(one);
      if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed))) {
        return JSON.parse(body);
      }
    }
  }
  throw new WebhookVerificationError('The message is not signed with any of the secrets.');
}

function headerIn(headers: WebhookMessage['headers'], name: string): string | undefined {
  if (headers instanceof Headers) {
    return headers.get(name) ?? undefined;
  }
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

async function keyOf(secret: string) {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''));
  if (!bytes) {
    throw new TypeError('Expected secrets of the form whsec_…, in base64.');
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/** The bytes of a text in base64; undefined for one that is not. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
