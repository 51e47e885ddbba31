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
  header('webhook-id', 'The same at each attempt: what came under it before is to be ignored'),
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
        parameters: headers,
        requestBody: { content: { 'application/cloudevents+json': { schema: jsonSchema(schema, 'output') } } },
        responses: {
          '2XX': { description: 'Taken' },
          410: { description: 'No more of them: the webhook is disabled' },
          default: { description: 'Not taken; it is sent again' },
        },
      },
    },
  ]),
);
