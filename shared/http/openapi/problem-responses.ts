/**
 * The problems of an endpoint as responses of OpenAPI. A status that says something of the endpoint is listed, and described
 * once, with every code that the API has for it; docs/endpoints.md lists those of each endpoint. All have the same schema, from
 * which generators make one class. Where the path names no
 * resource, 422 is such a status. What any request may be answered with is `default`, as in the APIs of Azure. The code of a
 * problem has its meaning in docs/problems.md, where the `type` of the problem leads.
 */
import { STATUS_CODES } from 'node:http';
import { pathParameters } from '../../operations/operation.ts';
import type { Endpoint } from '../endpoint.ts';
import { problemSchema, problems } from '../problem.ts';
import type { Components } from './components.ts';
import type { Json } from './json-schema.ts';

const statusAndTitles: Readonly<Record<string, readonly [status: number, title: string]>> = {
  ...problems,
  internalError: [500, 'Internal error'],
};

/** A refusal of ACS has the status that ACS gave: any 4xx besides 401 and 403, or 502. */
const refusal = 'acsRefused';

const invalid = '422';

/** Problems of any request. */
const ofRequests: readonly string[] = [
  'bodyTooLarge',
  'destinationNotAllowed',
  'idempotencyKeyReused',
  'invalidInput',
  'invalidJson',
  'notSupported',
  'unauthorized',
  'forbidden',
  'unsupportedMediaType',
];

/** The responses of an endpoint by status. */
export function problemResponses({ errors = [], path }: Endpoint, components: Components): Json {
  const always = pathParameters(path).length === 0 ? [invalid, 'default'] : ['default'];
  const responses = new Set([...always, ...errors.map(responseOf)].sort());
  return Object.fromEntries(
    [...responses].map((name) => [name, components.refer('responses', name, problemItem(name, components))]),
  );
}

/** The response that has a code: one of its status, or the one that every endpoint has. */
function responseOf(code: string): string {
  const status = String(statusAndTitles[code]?.[0]);
  return code === refusal || ofRequests.includes(code) || status.startsWith('5') ? 'default' : status;
}

function problemItem(name: string, components: Components): Json {
  const codes = Object.keys(statusAndTitles).filter(
    (code) => responseOf(code) === name || String(statusAndTitles[code]?.[0]) === name || code === refusal,
  );
  const mayBeRetried = ['429', 'default'].includes(name);
  const title = name === 'default' ? 'Any other problem' : STATUS_CODES[name];
  return {
    description: `${title}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
    ...(mayBeRetried && { headers: { 'Retry-After': components.refer('headers', 'Retry-After', retryAfter) } }),
    content: { 'application/problem+json': { schema: components.schema(problemSchema, 'output') } },
  };
}

const retryAfter = { description: 'Seconds to wait before a retry', schema: { type: 'string' } };
