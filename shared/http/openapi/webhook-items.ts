/** The messages that receivers are sent, for the OpenAPI document. */
import { sentEvents } from '../../webhooks/cloud-event.ts';
import type { Components } from './components.ts';
import type { Json } from './json-schema.ts';

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

const headers = [
  header('webhook-id', 'The same at each attempt: ignore a message whose id was received before'),
  header('webhook-timestamp', 'The time of the attempt, in seconds since 1970'),
  header('webhook-signature', 'Signatures of Standard Webhooks, `v1,…`, separated by spaces'),
];

/** One item: a receiver is sent every kind of event at the same URL. */
export function webhookItems(components: Components): Json {
  const kinds = Object.values(sentEvents).map((schema) => components.schema(schema, 'output'));
  return {
    event: {
      post: {
        operationId: 'receiveEvent',
        summary: 'What a receiver is sent: one event, by its `type`',
        tags: ['webhooks'],
        security: [],
        parameters: headers.map((item) => components.refer('parameters', item.name, item)),
        requestBody: { required: true, content: { 'application/cloudevents+json': { schema: { anyOf: kinds } } } },
        responses: {
          '2XX': { description: 'Received' },
          410: { description: 'Not wanted: the webhook is disabled' },
          default: { description: 'Sent again later' },
        },
      },
    },
  };
}
