/** The page of events: what webhooks and notify URLs are sent. */
import type { Settlement } from '../../shared/calls/settlement.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { operationSettledSchema } from '../../shared/webhooks/cloud-event.ts';
import { eventNames } from '../../shared/webhooks/event-types.ts';
import { columns } from './columns.ts';

/** Every name by which a webhook chooses, and the operations that the event settles. */
export function eventsPage(table: readonly Operation[]): string {
  return [
    '# Events',
    '',
    'Generated from `shared/webhooks/` and `shared/operations/` by `npm run docs`; do not edit.',
    '',
    'A webhook is sent the events that its `eventTypes` name; the `notifyUrl` of an operation those of that operation. Each is',
    'a CloudEvent 1.0 in JSON, signed as Standard Webhooks says: `webhook-id`, `webhook-timestamp`, `webhook-signature`. The',
    'same event has the same `webhook-id`, however often it comes. Events of ACS keep their type',
    "(`Microsoft.Communication.` and the name) and their data, with `callId`, `operationId` and the caller's `context` added.",
    '',
    ...columns([
      ['event', 'settles'],
      ['---', '---'],
      ...eventNames.map((name) => [`\`${name}\``, settledBy(table, name).join(', ')]),
    ]),
    '',
    '## OperationSettled',
    '',
    'Of type `Switchboard.OperationSettled`: how an operation ended, whatever ended it. A back end that listens to this one',
    'need not know the events of ACS. Its data is of the operation as `GET /api/operations/{operationId}` shows it:',
    `${Object.keys(operationSettledSchema.shape)
      .map((field) => `\`${field}\``)
      .join(', ')}.`,
    '',
    '## IncomingCall',
    '',
    'Of type `Switchboard.IncomingCall`: a call rings. Its data is the incoming call as `GET /api/incoming-calls` shows it.',
    '',
  ].join('\n');
}

function settledBy(table: readonly Operation[], event: string): string[] {
  return table
    .filter(({ settles }) => kindsOf(settles).includes(event))
    .map(({ name }) => `[\`${name}\`](operations.md#${name.toLowerCase()})`);
}

function kindsOf(settles: Settlement): readonly string[] {
  switch (settles.by) {
    case 'event':
      return [...settles.success, ...settles.failure, ...(settles.canceled ?? [])];
    case 'participants':
      return ['ParticipantsUpdated', ...(settles.failure ?? [])];
    case 'callEnd':
      return ['CallDisconnected'];
    case 'response':
      return [];
  }
}
