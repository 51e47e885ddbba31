/** One HTTP request with the response to write, and who answers it. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestUrl } from './path.ts';

export interface Exchange extends RequestUrl {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers the exchange, or throws: a RequestError is answered with its status, anything else with 500. */
export type Answer = (exchange: Exchange) => Promise<void> | void;
