/** The management API of durable functions, `/runtime/webhooks/durabletask/…`: statuses as Azure's extension has them. */

import type { Answer } from '../../http/exchange.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Hub } from '../hub.ts';
import type { Endpoint } from './endpoint.ts';
import { order, raiseEvent } from './orders.ts';
import { purge, purgeAll } from './purge.ts';
import { list, show } from './queries.ts';
import { restart, start } from './start.ts';
import { entities, rewind } from './unserved.ts';

/** By method and path; `*` is a parameter. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST orchestrators/*': start,
  'POST orchestrators/*/*': start,
  'GET instances': list,
  'GET instances/*': show,
  'DELETE instances': purgeAll,
  'DELETE instances/*': purge,
  'POST instances/*/raiseevent/*': raiseEvent,
  'POST instances/*/terminate': order('ExecutionTerminated'),
  'POST instances/*/suspend': order('ExecutionSuspended'),
  'POST instances/*/resume': order('ExecutionResumed'),
  'POST instances/*/restart': restart,
  'POST instances/*/rewind': rewind,
  'GET entities': entities,
  'GET entities/*/*': entities,
  'POST entities/*/*': entities,
};

/** Answers everything under the extension's webhook. */
export function managementApi(hub: Hub): Answer {
  return async (exchange) => {
    const { request, segments, url } = exchange;
    const path = segments.slice(3);
    for (const [pattern, endpoint] of Object.entries(endpoints)) {
      const parameters = match(pattern, request.method ?? '', path);
      if (parameters !== undefined) {
        return endpoint({ hub, exchange, parameters, query: url.searchParams });
      }
    }
    throw new RequestError(404, `Expected one of ${Object.keys(endpoints).join(', ')}.`);
  };
}

/** The parameters in the path; undefined when method or path are not those of the pattern. */
function match(pattern: string, method: string, path: readonly string[]): string[] | undefined {
  const [patternMethod, ...parts] = pattern.split(/[ /]/);
  const isMatch =
    patternMethod === method &&
    parts.length === path.length &&
    parts.every((part, index) => part === '*' || part === path[index]?.toLowerCase());
  return isMatch ? path.filter((_, index) => parts[index] === '*') : undefined;
}
