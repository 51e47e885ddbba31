/** Signs messages by Standard Webhooks 1.0 (https://www.standardwebhooks.com), which receivers can verify with its libraries. */
import { createHmac } from 'node:crypto';
import * as z from 'zod';

const secretPrefix = 'whsec_';
const shortestBytes = 24;
const longestBytes = 64;

/** One secret, or several separated by spaces: all of them sign, so that a receiver can rotate its secret. */
export const signingSecret = z
  .string()
  .max(512)
  .refine(
    (text) => text.split(' ').every(isSecret),
    `expected ${secretPrefix} and ${shortestBytes} to ${longestBytes} bytes in base64; several are separated by spaces`,
  )
  .meta({ description: 'Secret of Standard Webhooks, `whsec_…`', example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' });

/** The headers of a message. The id is the same at each attempt, the time is that of the attempt. */
export function signedHeaders(secrets: string, id: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = [...new Set(secrets.split(' '))].map((secret) => {
    const digest = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${digest}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function isSecret(text: string): boolean {
  const encoded = text.slice(secretPrefix.length);
  const { length } = keyOf(text);
  const isBase64 = Buffer.from(encoded, 'base64').toString('base64') === encoded;
  return text.startsWith(secretPrefix) && isBase64 && length >= shortestBytes && length <= longestBytes;
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(secretPrefix.length), 'base64');
}
