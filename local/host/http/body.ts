/** Request bodies: read whole, within Azure's limit. */

import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error.ts';

/** Azure's default; the setting `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT` changes it there and here. */
const defaultLimitBytes = 100 * 1024 * 1024;

/** The body's bytes; rejects with 413 as soon as it is known to be too long. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const limitBytes = Number(process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT ?? defaultLimitBytes);
  const tooLong = () => new RequestError(413, `The request body is longer than ${limitBytes} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    throw tooLong();
  }
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > limitBytes) {
      throw tooLong();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
