/** Who answers which request: the host's own areas, then the functions. */

import type { Invoke } from '../app/invocations.ts';
import type { Clock } from '../clock.ts';
import type { ServedFunction } from '../triggers/trigger.ts';
import { type AdminOptions, adminArea } from './admin.ts';
import type { Answer, Exchange } from './exchange.ts';
import { answerByFunction } from './function-endpoint.ts';
import type { Door, Doors } from './keys.ts';
import { RequestError } from './request-error.ts';
import type { RouteMatch, RouteTable } from './route-table.ts';
import { answerByStream } from './stream-endpoint.ts';
import type { Webhooks } from './webhooks.ts';

export interface FrontOptions extends AdminOptions {
  readonly served: readonly ServedFunction[];
  readonly routes: RouteTable;
  readonly webhooks: Webhooks;
  readonly invoke: Invoke;
  readonly doors: Doors;
  readonly clock: Clock;
  /** Where HTTP requests go when the app streams them. */
  readonly streamUrl: string | undefined;
}

/** The answer to every request of a host that is ready. */
export function createFront(options: FrontOptions): Answer {
  const { routes, webhooks, invoke, doors, clock, streamUrl } = options;
  const admin = adminArea(options);
  return async (exchange) => {
    const [area, rest] = exchange.segments.map((segment) => segment.toLowerCase());
    if (area === 'admin') {
      return admin(exchange);
    }
    if (area === 'runtime' && rest === 'webhooks') {
      return webhooks.answer(exchange, doors.authorize);
    }
    const match = routes.find(exchange.request.method ?? 'GET', exchange.segments);
    if (match === undefined) {
      return answerUnmatched(exchange);
    }
    doors.authorize(doorOf(match), exchange);
    if (streamUrl !== undefined) {
      return answerByStream(match, exchange, { url: streamUrl, invoke, clock });
    }
    return answerByFunction(match, invoke, exchange);
  };
}

const homePage = '<!doctype html><title>Functions host</title><p>This functions app is up and running.</p>';

/** The root answers any method that the host is up, unless the setting disables it (HomepageMiddleware). */
function answerUnmatched({ response, segments }: Exchange): void {
  if (segments.length > 0) {
    throw new RequestError(404);
  }
  if (/^true$/i.test(process.env.AzureWebJobsDisableHomepage ?? '')) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': homePage.length }).end(homePage);
}

function doorOf({ fn: { name, trigger } }: RouteMatch): Door {
  const level = String(trigger.authLevel ?? 'function').toLowerCase();
  return { to: 'function', name, level: level === 'anonymous' || level === 'admin' ? level : 'function' };
}
