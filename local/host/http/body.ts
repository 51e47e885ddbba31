/** Request bodies: read whole, within Azure's limit. */

import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error.ts';

/** Azure's default; the setting `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT` changes it there and here. */
const defaultLimitBytes = 100 * 1024 * 1024;

/** The body's bytes; rejects as soon as it is known to be too long. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of withinLimit(request)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The body as it arrives; throws once it is longer than the limit. Kestrel throws there as well, and the host answers
 * whatever it has not expected with 500 (ExceptionMiddleware), not 413.
 */
export async function* withinLimit(request: IncomingMessage): AsyncGenerator<Buffer> {
  const limitBytes = bodyLimitBytes();
  let lengthBytes = 0;
  if (declaredLength(request) > limitBytes) {
    throw new RequestError(500);
  }
  for await (const chunk of request as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > limitBytes) {
      throw new RequestError(500);
    }
    yield chunk;
  }
}

/** Content-Length; 0 for a body that does not declare one. */
export function declaredLength({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0);
}

/** A setting that is no number is ignored. */
function bodyLimitBytes(): number {
  const setting = process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT ?? '';
  return /^\d+$/.test(setting) ? Number(setting) : defaultLimitBytes;
}
