/** What every conditional read has in common: it answers with an ETag, or with 304 when `If-None-Match` has that. */
import type { Endpoint } from '../endpoint.ts';
import type { Components } from './components.ts';
import type { Json } from './json-schema.ts';

/** Reads of JSON have an ETag. */
export function isConditional({ method, success: [{ schema, contentTypes }] }: Endpoint): boolean {
  return method === 'GET' && schema !== undefined && contentTypes === undefined;
}

export function notModified(components: Components): Json {
  return components.refer('responses', '304', { description: 'The client has the current version' });
}
