/** What a running instance can be told: an event, or to end, hold or go on. */

import { RequestError } from '../../http/request-error.ts';
import { writeStatus } from '../../http/response.ts';
import { eventTypes, type Message } from '../history.ts';
import { type ApiRequest, type Endpoint, noSuchInstance } from './endpoint.ts';
import { readJson } from './json-body.ts';

/** 202 once the event is stored, 410 when the instance has ended. */
export async function raiseEvent(request: ApiRequest): Promise<void> {
  const [, Name = ''] = request.parameters;
  if (!request.exchange.request.headers['content-type']?.startsWith('application/json')) {
    throw new RequestError(400, 'Expected an event as application/json.');
  }
  await tell(request, { EventType: eventTypes.EventRaised, Name, Input: await readJson(request.exchange) });
}

/** An endpoint that passes on one kind of order, with the `reason` of the query. */
export function order(name: 'ExecutionTerminated' | 'ExecutionSuspended' | 'ExecutionResumed'): Endpoint {
  return (request) => tell(request, { EventType: eventTypes[name], Reason: request.query.get('reason') ?? '' });
}

async function tell({ hub, exchange, parameters: [id = ''] }: ApiRequest, message: Message): Promise<void> {
  const receipt = await hub.orchestrations.tell(id, message);
  if (receipt === undefined) {
    throw noSuchInstance(id);
  }
  writeStatus(exchange.response, receipt === 'taken' ? 202 : 410);
}
