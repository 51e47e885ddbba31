/** What a running instance can be sent: an event, or an order to end, pause or go on. */

import { eventTypes, type Message } from '../history.ts';
import { hasEnded, type Instance } from '../instance.ts';
import { answer, failure, Refusal, refusal } from './answers.ts';
import { type ApiRequest, type Endpoint, instanceOf } from './endpoint.ts';
import { readJson } from './json-body.ts';

/** 202 once the event is stored, 410 when the instance has ended. */
export async function raiseEvent(request: ApiRequest): Promise<void> {
  await runningOf(request);
  const { exchange, parameters } = request;
  const [mediaType = ''] = (exchange.request.headers['content-type'] ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/json') {
    throw refusal(400, 'Only application/json request content is supported');
  }
  const [, Name = ''] = parameters;
  await send(request, { EventType: eventTypes.EventRaised, Name, Input: await readJson(exchange) });
}

type Order = 'ExecutionTerminated' | 'ExecutionSuspended' | 'ExecutionResumed';

/** An endpoint for one kind of order, which carries the `reason` of the query. */
export function order(name: Order): Endpoint {
  return async (request) => {
    refuseIdle(name, await runningOf(request));
    await send(request, { EventType: eventTypes[name], Reason: request.query.text('reason') ?? null });
  };
}

/** Pausing what is paused and resuming what runs are errors in Azure. */
function refuseIdle(name: Order, { id, status }: Instance): void {
  const verbs: Partial<Record<Order, string>> =
    status === 'Suspended' ? { ExecutionSuspended: 'suspend' } : { ExecutionResumed: 'resume' };
  const verb = verbs[name];
  if (verb !== undefined) {
    throw failure(`Cannot ${verb} the orchestration instance ${id} because instance is in the ${status} state.`);
  }
}

async function runningOf(request: ApiRequest): Promise<Instance> {
  const { instance } = await instanceOf(request);
  if (hasEnded(instance)) {
    throw new Refusal(410);
  }
  return instance;
}

async function send({ hub, exchange, parameters: [id = ''] }: ApiRequest, message: Message): Promise<void> {
  const receipt = await hub.orchestrations.deliver(id, message);
  answer(exchange.response, receipt === 'taken' ? 202 : 410);
}
