/** Who answers which request: the host's own areas, then the functions. */

import type { Invoke } from '../app/invocations.ts';
import type { ServedFunction } from '../triggers/trigger.ts';
import { adminArea } from './admin.ts';
import type { Answer, Exchange } from './exchange.ts';
import { answerByFunction } from './function-endpoint.ts';
import type { Authorize, Door } from './keys.ts';
import { RequestError } from './request-error.ts';
import { writeStatus } from './response.ts';
import type { RouteMatch, RouteTable } from './route-table.ts';
import { answerByStream } from './stream-endpoint.ts';
import type { Webhooks } from './webhooks.ts';

export interface FrontOptions {
  readonly served: readonly ServedFunction[];
  readonly routes: RouteTable;
  readonly webhooks: Webhooks;
  readonly invoke: Invoke;
  readonly authorize: Authorize;
  /** Where HTTP requests go when the app streams them. */
  readonly streamUrl: string | undefined;
}

/** The answer to every request of a host that is ready. */
export function createFront({ served, routes, webhooks, invoke, authorize, streamUrl }: FrontOptions): Answer {
  const admin = adminArea(served, invoke, authorize);
  return async (exchange) => {
    const [area, place] = exchange.segments.map((segment) => segment.toLowerCase());
    if (area === 'admin') {
      return admin(exchange);
    }
    if (area === 'runtime' && place === 'webhooks') {
      return webhooks.answer(exchange, authorize);
    }
    const match = routes.find(exchange.request.method ?? 'GET', exchange.segments);
    if (match === undefined) {
      return answerUnmatched(exchange);
    }
    authorize(doorOf(match), exchange);
    if (streamUrl !== undefined) {
      return answerByStream(match, invoke, exchange, streamUrl);
    }
    return answerByFunction(match, invoke, exchange);
  };
}

/** The root shows that the host is up, as the real one's home page does. */
function answerUnmatched({ request, response, segments }: Exchange): void {
  if (segments.length > 0 || request.method !== 'GET') {
    throw new RequestError(404, 'No function serves this URL and method.');
  }
  writeStatus(response, 200, 'The functions host is up and running.');
}

function doorOf({ fn: { name, trigger } }: RouteMatch): Door {
  const level = String(trigger.authLevel ?? 'function').toLowerCase();
  return level === 'anonymous' || level === 'admin' ? { level } : { level: 'function', functionName: name };
}
