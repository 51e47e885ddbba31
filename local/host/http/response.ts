/** Writes what a function returned, or what the host says itself. */

import type { ServerResponse } from 'node:http';
import type { HttpData, TypedData } from '../app/rpc.ts';
import { setCookie } from './cookies.ts';
import { endToEnd } from './hop-by-hop.ts';

/** Statuses whose responses have neither body nor Content-Length. */
const bodiless = [204, 304];

/** Writes a function's response; 204 for a function that returns nothing. */
export function writeFunctionResponse(response: ServerResponse, returned: TypedData | null | undefined): void {
  const data: HttpData = returned?.http ?? { statusCode: '204' };
  const body = Buffer.from(data.body?.bytes ?? []);
  for (const [name, value] of Object.entries(endToEnd(data.headers ?? {}))) {
    response.setHeader(name, value);
  }
  for (const cookie of data.cookies ?? []) {
    response.appendHeader('set-cookie', setCookie(cookie));
  }
  response.statusCode = Number(data.statusCode ?? 200);
  if (!bodiless.includes(response.statusCode)) {
    response.setHeader('content-length', lengthOf(response, data, body));
  }
  response.end(body);
}

/** An answer to HEAD may state the length of the body it leaves out. */
function lengthOf(response: ServerResponse, data: HttpData, body: Buffer): string | number {
  const stated = response.req.method === 'HEAD' ? data.headers?.['content-length'] : undefined;
  return stated ?? body.length;
}

/** Writes an answer of the host's own: text, JSON, or nothing but the status. */
export function writeStatus(response: ServerResponse, status: number, body?: string | object): void {
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  response.writeHead(status, {
    'content-length': Buffer.byteLength(text),
    ...(text !== '' && {
      'content-type': `${typeof body === 'object' ? 'application/json' : 'text/plain'}; charset=utf-8`,
    }),
  });
  response.end(text);
}
