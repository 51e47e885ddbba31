/** Event Grid triggers: the webhook that Event Grid, or an emulator of it, pushes events to. */

import type { AppFunction } from '../app/function.ts';
import type { Invoke, TriggerInput } from '../app/invocations.ts';
import { readBody } from '../http/body.ts';
import type { Answer, Exchange } from '../http/exchange.ts';
import { RequestError } from '../http/request-error.ts';
import { writeStatus } from '../http/response.ts';
import { type EventGridEvent, eventsIn, validationCodeIn } from './event-grid-events.ts';
import type { TriggerKind } from './trigger.ts';

const extension = 'EventGrid';

export const eventGridTrigger: TriggerKind = {
  type: 'eventGridTrigger',
  webhook: extension,
  honoursRetry: false,
  start(fn, { webhooks, invoke }) {
    webhooks.add(extension, fn.name, webhookOf(fn, invoke));
    return {
      route: `runtime/webhooks/${extension}?functionName=${fn.name}`,
      methods: ['POST'],
      inputFromText: (text) => inputFor(fn, eventsIn(text)),
    };
  },
};

/** The answers of Azure's Event Grid extension, by `aeg-event-type`; whatever the method but OPTIONS. */
function webhookOf(fn: AppFunction, invoke: Invoke): Answer {
  const answers: Readonly<Record<string, Answer>> = {
    subscriptionvalidation: async ({ request, response }) => {
      const validationResponse = parsed(validationCodeIn, await readBody(request));
      writeStatus(response, 200, JSON.stringify({ validationResponse }));
    },
    notification: async ({ request, response }) => {
      const events = parsed(eventsIn, await readBody(request));
      const runs = deliveries(fn, events).map((delivery) => invoke(fn, inputFor(fn, delivery)));
      const failed = (await Promise.allSettled(runs)).some(({ status }) => status === 'rejected');
      if (failed) {
        writeStatus(response, 500, `Exception while executing function: Functions.${fn.name}`);
      } else {
        writeStatus(response, 202);
      }
    },
    unsubscribe: ({ response }) => writeStatus(response, 202),
  };
  return async (exchange) => {
    if (exchange.request.method === 'OPTIONS') {
      return allowEventGrid(exchange);
    }
    const [eventType = ''] = exchange.request.headersDistinct['aeg-event-type'] ?? [];
    const answer = answers[eventType.toLowerCase()];
    if (answer === undefined) {
      throw new RequestError(400);
    }
    await answer(exchange);
  };
}

/** The HTTP 1.1 Web Hooks for CloudEvents handshake: any sender may deliver. */
function allowEventGrid({ response }: Exchange): void {
  response.setHeader('webhook-allowed-origin', 'eventgrid.azure.net');
  writeStatus(response, 200);
}

function isMany({ trigger }: AppFunction): boolean {
  return String(trigger.cardinality ?? 'one').toLowerCase() === 'many';
}

/** Events of one request are delivered side by side, or all at once to a function of cardinality `many`. */
function deliveries(fn: AppFunction, events: readonly EventGridEvent[]): (readonly EventGridEvent[])[] {
  return isMany(fn) ? [events] : events.map((event) => [event]);
}

function inputFor(fn: AppFunction, events: readonly EventGridEvent[]): TriggerInput {
  const [event] = events;
  const data = isMany(fn) ? events.map((one) => one.data ?? null) : event?.data;
  return {
    data: { json: JSON.stringify(isMany(fn) ? events : event) },
    metadata: data === undefined ? {} : { data: { json: JSON.stringify(data) } },
    reason: 'Event Grid event',
  };
}

/** What cannot be read is 500: Azure's extension throws, and the host answers so whatever it has not expected. */
function parsed<T>(parse: (text: string) => T, body: Buffer): T {
  try {
    return parse(body.toString());
  } catch (error) {
    throw new RequestError(500, '', {}, { cause: error });
  }
}
