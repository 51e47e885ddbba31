/** The management API of durable functions, `/runtime/webhooks/durabletask/…`, as Azure's extension answers it. */

import { messageOf } from '../../errors.ts';
import type { Answer, Exchange } from '../../http/exchange.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Hub } from '../hub.ts';
import { answer, failure, Refusal } from './answers.ts';
import type { Endpoint } from './endpoint.ts';
import { listEntities, readEntity, signalEntity } from './entities.ts';
import { order, raiseEvent } from './orders.ts';
import { purge, purgeAll } from './purge.ts';
import { list, show } from './queries.ts';
import { Query } from './query.ts';
import { rewind } from './rewind.ts';
import { restart, restartWithOptions, start } from './start.ts';

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
  'POST instances/*/restartwithoptions': restartWithOptions,
  'POST instances/*/rewind': rewind,
  'GET entities': listEntities,
  'GET entities/*': listEntities,
  'GET entities/*/*': readEntity,
  'POST entities/*/*': signalEntity,
  'DELETE entities/*/*': signalEntity,
};

/** Answers everything under the extension's webhook. */
export function managementApi(hub: Hub): Answer {
  return async (exchange) => {
    try {
      await serve(hub, exchange);
    } catch (error) {
      if (error instanceof RequestError) {
        throw error;
      }
      const { status, body } = error instanceof Refusal ? error : failure(messageOf(error));
      answer(exchange.response, status, body);
    }
  };
}

async function serve(hub: Hub, exchange: Exchange): Promise<void> {
  const path = pathOf(exchange);
  for (const [pattern, endpoint] of Object.entries(endpoints)) {
    const parameters = match(pattern, exchange.request.method ?? '', path);
    if (parameters !== undefined) {
      requireJson(exchange);
      return endpoint({ hub, exchange, parameters, query: new Query(exchange.url.searchParams) });
    }
  }
  throw new Refusal(404);
}

const json = /^application\/([^;]+\+)?json\s*(;|$)/i;

/** Throws 415 for a body of another type: a form or text is all that a page of another site can send without being asked. */
function requireJson({ request }: Exchange): void {
  const type = request.headers['content-type'];
  if (type !== undefined && !json.test(type)) {
    throw new RequestError(415);
  }
}

/** The path below the webhook, decoded whole as if it came from a form: a plus sign is a space, an escaped slash a slash. */
function pathOf({ segments }: Exchange): string[] {
  return segments.slice(3).join('/').replaceAll('+', ' ').replaceAll(/%2f/gi, '/').split('/');
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
