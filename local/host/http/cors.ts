/** Cross-origin requests, as `Host.CORS` of local.settings.json allows them. */

import type { LocalSettings } from '../settings/local-settings.ts';
import type { Answer, Exchange } from './exchange.ts';

/** Adds the CORS headers of an allowed origin and answers its preflights; other origins get no CORS header. */
export function withCors({ origins, credentials }: LocalSettings['cors'], next: Answer): Answer {
  if (origins.length === 0) {
    return next;
  }
  return (exchange) => {
    const { origin } = exchange.request.headers;
    if (origin === undefined || !(origins.includes('*') || origins.includes(origin))) {
      return next(exchange);
    }
    exchange.response.setHeader('access-control-allow-origin', origins.includes('*') && !credentials ? '*' : origin);
    exchange.response.appendHeader('vary', 'origin');
    if (credentials) {
      exchange.response.setHeader('access-control-allow-credentials', 'true');
    }
    return isPreflight(exchange) ? answerPreflight(exchange) : next(exchange);
  };
}

function isPreflight({ request }: Exchange): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function answerPreflight({ request, response }: Exchange): void {
  const { 'access-control-request-method': method = '', 'access-control-request-headers': headers } = request.headers;
  response.writeHead(204, {
    'access-control-allow-methods': method,
    ...(headers !== undefined && { 'access-control-allow-headers': headers }),
  });
  response.end();
}
