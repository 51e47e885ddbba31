/** What an endpoint of the management API is given. */

import type { Exchange } from '../../http/exchange.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Hub } from '../hub.ts';

export interface ApiRequest {
  readonly hub: Hub;
  readonly exchange: Exchange;
  /** The parts of the path that are no fixed words, in their order. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
}

export type Endpoint = (request: ApiRequest) => Promise<void>;

/** The refusal of a request that names an instance that is not there. */
export function noSuchInstance(id: string): RequestError {
  return new RequestError(404, `There is no orchestration instance "${id}".`);
}

/** Whether a parameter of the query is `true`, in any case. */
export function isAsked(query: URLSearchParams, name: string, otherwise = false): boolean {
  return (query.get(name) ?? String(otherwise)).toLowerCase() === 'true';
}
