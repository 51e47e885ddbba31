/** An HTTP request as the programming model takes it. */

import type { IncomingMessage } from 'node:http';
import type { HttpData, NullableStrings } from '../app/rpc.ts';
import type { RequestUrl } from './path.ts';
import type { RouteParameters } from './route-segment.ts';

/**
 * The request with its whole body. Repeated query names and headers arrive as one value joined by commas, as the real
 * host passes them. That host also drops a chunked body, reading only what a Content-Length announces; this one keeps it.
 */
export function toHttpData(
  request: IncomingMessage,
  { url }: RequestUrl,
  parameters: RouteParameters,
  body: Buffer,
): HttpData {
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: nullable(headersOf(request)),
    nullableQuery: nullable(queryOf(url)),
    nullableParams: nullable(parameters),
    ...(body.length > 0 && { body: { bytes: body } }),
  };
}

/** Header names in lower case, repeated ones joined. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = Object.entries(request.headersDistinct);
  return Object.fromEntries(headers.map(([name, values = []]) => [name, values.join(name === 'cookie' ? '; ' : ', ')]));
}

function queryOf({ searchParams }: URL): Record<string, string> {
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name).join(',')]));
}

function nullable(strings: Readonly<Record<string, string>>): NullableStrings {
  return Object.fromEntries(Object.entries(strings).map(([name, value]) => [name, { value }]));
}
