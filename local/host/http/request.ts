/** An HTTP request as the programming model takes it. */

import type { IncomingMessage } from 'node:http';
import type { HttpData, NullableStrings } from '../app/rpc.ts';
import { queryValues, type RequestUrl } from './path.ts';
import type { RouteParameters } from './route-segment.ts';

/** The request with its whole body. Repeated query names and headers arrive as one value, joined by commas. */
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

/** Header names in lower case, repeated ones joined by a comma alone: .NET's StringValues, cookies included. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = Object.entries(request.headersDistinct);
  return Object.fromEntries(headers.map(([name, values = []]) => [name, values.join(',')]));
}

/** Names that differ in case alone are one, spelled as it came first. */
function queryOf(url: URL): Record<string, string> {
  const names = new Map([...url.searchParams.keys()].reverse().map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries([...names.values()].reverse().map((name) => [name, queryValues(url, name).join(',')]));
}

function nullable(strings: Readonly<Record<string, string | undefined>>): NullableStrings {
  const given = Object.entries(strings).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return Object.fromEntries(given.map(({ name, value }) => [name, { value }]));
}
