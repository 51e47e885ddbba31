/** The webhook of the Event Grid extension. */

import { bare, type Row } from './row.ts';
import type { Sent } from './target.ts';

const extension = 'EventGridExtensionConfigProvider.cs of azure-sdk-for-net';
const processor = 'HttpRequestProcessor.cs of azure-sdk-for-net';
const unexpected = `${processor}, ExceptionMiddleware.cs`;

const webhook = '/runtime/webhooks/EventGrid?code={eventGrid}';
const deliver = (body: unknown, type = 'Notification', query = '&functionName=event', method = 'POST'): Sent => ({
  method,
  path: `${webhook}${query}`,
  headers: { 'aeg-event-type': type, 'content-type': 'application/json' },
  body,
});
const text = { 'content-type': 'text/plain; charset=utf-8' };

export const eventGrid: readonly Row[] = [
  ...(
    [
      ['an array', [{ data: { validationCode: 'abc' } }]],
      ['a CloudEvent', { data: { validationCode: 'abc' } }],
      ['a CloudEvent whose data is JSON within JSON', { data: '{"validationCode":"abc"}' }],
    ] as const
  ).map(([what, body]) => ({
    does: `gives the validation code back as text: ${what}`,
    source: processor,
    sent: deliver(body, 'SubscriptionValidation'),
    status: 200,
    headers: text,
    body: '{"validationResponse":"abc"}',
  })),
  ...(['[{"data":{}}]', '[]', '{', ''] as const).map((body) => ({
    does: `answers a bare 500 to a validation without a code: ${body}`,
    source: unexpected,
    sent: deliver(body, 'SubscriptionValidation'),
    status: 500,
    ...bare,
  })),
  {
    does: 'delivers each event of a request, whatever it looks like',
    source: `${extension} (ProcessEventsAsync)`,
    sent: deliver([{ id: 'no type' }]),
    status: 202,
    ...bare,
    received: [{ event: { id: 'no type' } }],
  },
  {
    does: 'delivers an object by itself',
    source: processor,
    sent: deliver({ a: 1 }),
    status: 202,
    ...bare,
    received: [{ event: { a: 1 } }],
  },
  ...([{ A: 1 }, 'text', 5, null, [1]] as const).map((data) => ({
    does: `gives the function the data apart: ${JSON.stringify(data)}`,
    source: 'EventGridTriggerAttributeBindingProvider.cs of azure-sdk-for-net',
    sent: deliver([{ data }]),
    status: 202,
    ...bare,
    received: [{ event: { data }, data: typeof data === 'object' && data !== null && 'A' in data ? { a: 1 } : data }],
  })),
  { does: 'takes no events for delivered', source: processor, sent: deliver([]), status: 202, ...bare, received: [] },
  {
    does: 'names the function that failed, and delivers the other events',
    source: `${extension} (ProcessEventsAsync)`,
    sent: deliver([{ subject: 'fail' }, { subject: 'ok' }]),
    status: 500,
    headers: text,
    body: 'Exception while executing function: Functions.event',
    received: [{ event: { subject: 'ok' } }],
  },
  ...['{"id":', '1', '', '[1]', '["x"]'].map((body) => ({
    does: `answers a bare 500 to a body without events: ${body}`,
    source: unexpected,
    sent: deliver(body),
    status: 500,
    ...bare,
    received: [],
  })),
  ...[
    ['missing', '&functionName=missing'],
    ['EVENT', '&functionName=EVENT'],
    ['', '&functionName='],
    ['', ''],
  ].map(([name, query]) => ({
    does: `cannot find the function of "${query}"`,
    source: extension,
    sent: deliver([], 'Notification', query),
    status: 404,
    headers: text,
    body: `cannot find function: '${name}'`,
  })),
  {
    does: 'reads the name of the parameter whatever its case',
    source: `${extension} (ParseQueryString)`,
    sent: deliver([], 'Notification', '&FUNCTIONNAME=event'),
    status: 202,
    ...bare,
  },
  {
    does: 'reads the path and the type of the event whatever their case',
    source: processor,
    sent: {
      ...deliver('', 'UNSUBSCRIBE'),
      path: '/Runtime/WebHooks/eventgrid/more?code={eventGrid}&functionName=event',
    },
    status: 202,
    ...bare,
  },
  { does: 'answers 400 to another type', source: processor, sent: deliver([], 'Surprise'), status: 400, ...bare },
  {
    does: 'answers 400 to no type',
    source: processor,
    sent: { path: `${webhook}&functionName=event` },
    status: 400,
    ...bare,
  },
  {
    does: 'does not mind the method',
    source: 'HostController.cs (ExtensionWebHookHandler)',
    sent: deliver([], 'Notification', '&functionName=event', 'PUT'),
    status: 202,
    ...bare,
  },
  {
    does: 'has no webhook for other methods',
    source: 'HostController.cs (ExtensionWebHookHandler)',
    sent: deliver([], 'Notification', '&functionName=event', 'PATCH'),
    status: 404,
    ...bare,
  },
  {
    does: 'allows delivery for any sender',
    source: 'version 3.3.0 of the extension, as it ran',
    sent: {
      method: 'OPTIONS',
      path: `${webhook}&functionName=event`,
      headers: { 'webhook-request-origin': 'other.example' },
    },
    status: 200,
    headers: { ...bare.headers, 'webhook-allowed-origin': 'eventgrid.azure.net' },
    body: '',
  },
];
