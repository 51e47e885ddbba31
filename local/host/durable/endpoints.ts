/** The management API of durable functions, `/runtime/webhooks/durabletask/…`: statuses as Azure's extension has them. */

import { randomUUID } from 'node:crypto';
import { readBody } from '../http/body.ts';
import type { Answer, Exchange } from '../http/exchange.ts';
import { RequestError } from '../http/request-error.ts';
import { writeStatus } from '../http/response.ts';
import { eventTypes, type Message } from './history.ts';
import type { Hub } from './hub.ts';
import { hasEnded } from './instance.ts';
import { statusOf } from './status.ts';

type Endpoint = (hub: Hub, exchange: Exchange, parameters: readonly string[]) => Promise<void>;

/** By method and path; `*` is a parameter. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST orchestrators/*': start,
  'POST orchestrators/*/*': start,
  'GET instances/*': show,
  'POST instances/*/raiseevent/*': raiseEvent,
  'POST instances/*/terminate': order('ExecutionTerminated'),
  'POST instances/*/suspend': order('ExecutionSuspended'),
  'POST instances/*/resume': order('ExecutionResumed'),
};

/** Answers everything under the extension's webhook. */
export function managementApi(hub: Hub): Answer {
  return async (exchange) => {
    const path = exchange.segments.slice(3);
    for (const [pattern, endpoint] of Object.entries(endpoints)) {
      const [method, ...rest] = pattern.split(/[ /]/);
      const isMatch =
        method === exchange.request.method &&
        rest.length === path.length &&
        rest.every((part, index) => part === '*' || part === path[index]?.toLowerCase());
      if (isMatch) {
        return endpoint(
          hub,
          exchange,
          path.filter((_, index) => rest[index] === '*'),
        );
      }
    }
    throw new RequestError(404, `Expected one of ${Object.keys(endpoints).join(', ')}.`);
  };
}

async function start(
  hub: Hub,
  exchange: Exchange,
  [name = '', id = randomUUID().replaceAll('-', '')]: readonly string[],
) {
  if (!hub.functions.has('orchestrator', name)) {
    throw new RequestError(400, `There is no orchestrator function "${name}" in the app.`);
  }
  const input = await readJson(exchange, 'null');
  const version = exchange.url.searchParams.get('version') ?? undefined;
  const { instance, isNew } = await hub.orchestrations.start({ id, name, version, input });
  if (!isNew) {
    throw new RequestError(409, `An orchestration instance "${id}" with the status ${instance.status} already exists.`);
  }
  exchange.response.setHeader(
    'location',
    `${exchange.url.origin}/${exchange.segments.slice(0, 3).join('/')}/instances/${encodeURIComponent(id)}`,
  );
  exchange.response.setHeader('retry-after', '10');
  writeStatus(exchange.response, 202, { id });
}

async function show(hub: Hub, exchange: Exchange, [id = '']: readonly string[]) {
  const told = await hub.orchestrations.read(id);
  if (told === undefined) {
    throw new RequestError(404, `There is no orchestration instance "${id}".`);
  }
  const isOver = hasEnded(told.instance);
  if (!isOver) {
    exchange.response.setHeader('location', exchange.url.href);
    exchange.response.setHeader('retry-after', '5');
  }
  writeStatus(exchange.response, isOver ? 200 : 202, statusOf(told, exchange.url.searchParams));
}

async function raiseEvent(hub: Hub, exchange: Exchange, [id = '', Name = '']: readonly string[]) {
  if (!exchange.request.headers['content-type']?.startsWith('application/json')) {
    throw new RequestError(400, 'Expected an event as application/json.');
  }
  const Input = await readJson(exchange, 'null');
  await tell(hub, exchange, id, { EventType: eventTypes.EventRaised, Name, Input });
}

function order(name: 'ExecutionTerminated' | 'ExecutionSuspended' | 'ExecutionResumed'): Endpoint {
  return (hub, exchange, [id = '']) =>
    tell(hub, exchange, id, { EventType: eventTypes[name], Reason: exchange.url.searchParams.get('reason') ?? '' });
}

async function tell(hub: Hub, { response }: Exchange, id: string, message: Message): Promise<void> {
  const receipt = await hub.orchestrations.tell(id, message);
  if (receipt === undefined) {
    throw new RequestError(404, `There is no orchestration instance "${id}".`);
  }
  writeStatus(response, receipt === 'taken' ? 202 : 410);
}

/** The body as JSON text. */
async function readJson({ request }: Exchange, ifEmpty: string): Promise<string> {
  const text = (await readBody(request)).toString();
  if (text === '') {
    return ifEmpty;
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new RequestError(400, 'Invalid JSON content: expected a JSON value, or no body at all.');
  }
}
