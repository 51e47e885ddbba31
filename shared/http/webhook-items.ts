/** The messages that receivers are sent, for the OpenAPI document. */
import { sentEvents } from '../webhooks/cloud-event.ts';
import { type Json, jsonSchema } from './json-schema.ts';

/** The schemas that the items refer to. */
export const sentSchemas = Object.values(sentEvents);

const header = (name: string, description: string): Json => ({
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

/** One item for each kind of event. */
export const webhookItems: Json = Object.fromEntries(
  Object.entries(sentEvents).map(([name, schema]) => [
    name,
    {
      post: {
        operationId: `receive${name}`,
        summary: schema.description,
        tags: ['webhooks'],
        security: [],
        parameters: headers,
        requestBody: {
          required: true,
          content: { 'application/cloudevents+json': { schema: jsonSchema(schema, 'output') } },
        },
        responses: {
          '2XX': { description: 'The receiver has the message' },
          410: { description: 'The receiver wants no more messages: the webhook is disabled' },
          default: { description: 'The message is sent again later' },
        },
      },
    },
  ]),
);
