/** docs/events.md: what receivers are sent, how it is signed and retried, and what each event reports. */
import * as z from 'zod';
import type { Operation } from '../../shared/operations/operation.ts';
import { operationSettled, relayed } from '../../shared/webhooks/cloud-event.ts';
import { eventNames, typeOf } from '../../shared/webhooks/event-types.ts';
import { notificationSettings, notificationShape } from '../../shared/webhooks/settings.ts';
import { columns } from './columns.ts';

const settings = notificationSettings(z.object(notificationShape).parse({}));
const { timeoutSeconds, retrySeconds, cacheSeconds, sweepSeconds, keepDays } = settings;
const hoursOf = (seconds: number) => `${seconds / 3600} hours`;

const operationId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const callId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const origin = { context: 'ticket 42' };

const relayedExample = relayed(
  callId,
  {
    id: 'c3f2a1b0-7c1d-4d53-9d55-1f1f6f0d2a10',
    at: '2026-01-01T12:00:03.000Z',
    type: typeOf('PlayCompleted'),
    data: {
      callConnectionId: '421f3500-0002-4b4a-9b5e-0e1d2c3b4a59',
      operationContext: operationId,
      resultInformation: { code: 200, subCode: 0, message: 'Action completed successfully.' },
      version: '2026-03-12',
      publicEventType: typeOf('PlayCompleted'),
    },
  },
  origin,
);

const settledExample = operationSettled(
  callId,
  {
    operationId,
    name: 'play',
    outcome: { status: 'succeeded', settledBy: 'event', settledAt: '2026-01-01T12:00:03.120Z' },
  },
  origin,
);

/** The page. */
export function eventsPage(operations: readonly Operation[]): string {
  return [
    ...introduction,
    ...signing,
    ...delivery,
    ...log,
    '## Events',
    '',
    '`eventTypes` of a webhook are these names; `[]` is all of them, and whatever ACS adds. Operations are settled by the',
    'events that are named beside them; the rest report on the call.',
    '',
    ...columns([
      ['name', 'CloudEvent type', 'reports'],
      ['---', '---', '---'],
      ...eventNames.map((name) => row(name, operations)),
    ]),
    '',
  ].join('\n');
}

/** A value as a block of JSON. */
function block(value: unknown): string[] {
  return ['```json', JSON.stringify(value, null, 2), '```'];
}

const introduction = [
  '# Events',
  '',
  'Generated from `shared/webhooks/` and `shared/operations/` by `npm run docs`; do not edit.',
  '',
  'A back end receives events in two ways, which can be combined:',
  '',
  '- **Webhooks** (`PUT /api/webhooks/{webhookId}`) receive the events of every call, or the types that they name.',
  '- **`notifyUrl`** of an operation receives the events that name this operation, and its outcome. `context` is returned',
  '  in each of them. That of startRecording also receives RecordingStateChanged, and RecordingArchived or RecordingFailed',
  '  at the end. The app takes every event itself; what receivers do has no influence on calls.',
  '',
  'Each message is one [CloudEvent](https://cloudevents.io) in its JSON form: an event of ACS under its own type, its data',
  'as ACS sent it, with our `callId`, `operationId` and the `context` of the caller beside it —',
  '',
  ...block(relayedExample),
  '',
  "— or one of Switchboard's. `OperationSettled` states how an operation ended, whatever ended it: an event, the response of",
  'ACS, a read, a deadline. A back end that waits for it need not know the events of ACS. It is sent once per operation, when',
  'the outcome is final ([the life of an operation](operation-life.md)).',
  '',
  ...block(settledExample),
  '',
];

const signing = [
  '## Verify a message',
  '',
  'Messages are signed as [Standard Webhooks](https://www.standardwebhooks.com) says; its libraries, in most languages,',
  'verify them. `webhook-signature` holds `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`,',
  'under the bytes that follow `whsec_` in the secret, in base64. A webhook has its own secret, `notifyUrl` the setting',
  '`NOTIFY_SECRET`. Either may hold several secrets, separated by spaces: each signs.',
  '',
  `A PUT with another \`secret\` rotates: for ${hoursOf(settings.secretOverlapSeconds)} (\`NOTIFY_SECRET_OVERLAP_SECONDS\`, or \`previousSecretSeconds\` of the`,
  'request) the old secret also signs, so that a receiver moves to the new one without a message that it cannot verify.',
  '`previousSecretUntil` of the webhook says when that ends; `"previousSecretSeconds": 0` ends it at once.',
  '',
];

const delivery = [
  '## Delivery',
  '',
  '- **At least once.** `webhook-id` is the same at each attempt: ignore what came under it before.',
  '- **In no order.** Compare `time`, and `sequenceNumber` or `sequenceId` where ACS gives one.',
  `- **Only a 2xx within ${timeoutSeconds} s is a yes.** Anything else is retried after ${retrySeconds.join(', ')} s: for`,
  '  about a day. A `Retry-After` in seconds is kept to. Redirects are not followed.',
  `- **Deliveries of which an attempt failed** are listed at \`GET /api/webhooks/{webhookId}/deliveries\`, from the first failure on`,
  `  and for ${keepDays} days: status, attempts with the first KiB of each response, the time of the next attempt, and the event. Those`,
  '  to the URLs of operations are at `GET /api/webhooks/notifyUrl/deliveries`. `NOTIFY_RECORD_DELIVERED=true` lists those that',
  '  succeed at once as well.',
  '- **`POST …/deliveries/{deliveryId}/resend`** sends one again, under the same `webhook-id`, whether it was delivered or not.',
  '  `POST /api/webhooks/{webhookId}/test` sends a signed `Switchboard.WebhookTest` now and returns the response.',
  '- **A webhook is disabled** by a 410 (`disabledReason: gone`), and when its receiver has accepted nothing for',
  `  ${hoursOf(settings.disableAfterSeconds)} (\`failing\`, \`NOTIFY_DISABLE_AFTER_SECONDS\`). PUT enables it. Other URLs are not retried after a 410.`,
  '- **https, to public addresses.** `NOTIFY_HOSTS` narrows the hosts. What a host resolves to is checked at each attempt,',
  '  and the connection goes to the address that was checked.',
  `- **Changes of webhooks** reach every instance within ${cacheSeconds} s. What a crash kept from being sent is sent within`,
  `  ${sweepSeconds} s and a run of housekeeping.`,
  '- **It costs** a table transaction for each event that has subscribers, and a queue message for each receiver. A failed',
  '  first attempt costs one more, each later attempt two.',
  '',
];

const log = [
  '## The log of events',
  '',
  'With `EVENT_LOG_DAYS` above 0, `GET /api/events` lists what happened over all calls, the oldest first: the bodies that webhooks',
  'get, without the digits or words of masked operations, whether a webhook wants them or not. A receiver that was unreachable reads there',
  'what it missed ([how](how-to/receive-notifications.md#catch-up-after-an-outage)).',
  '',
  '- **The order is that of logging.** `after` takes the id of an event, or a time: what was logged later is listed. `nextCursor`',
  '  continues while there is more; afterwards the id of the last event does.',
  `- **Nothing is logged behind a reader.** An event is listed ${settings.settleSeconds} s after it was logged (\`EVENT_LOG_SETTLE_SECONDS\`),`,
  '  when every request that wrote an earlier one has ended: that is longer than storage is waited for, and than clocks of instances differ.',
  '- **Once.** A redelivered event is not logged again. One that two calls share is logged for each, under one id and two sources;',
  '  after its id the list starts with the second.',
  '- **`type`** takes a name of the table below or a CloudEvent type. A page examines a bounded number of events, and may have fewer items than',
  '  `limit` and a `nextCursor`.',
  '- **It costs** a table transaction for the events of each change of a call, and the one that clears its outbox where no webhook',
  '  wanted them. As with a webhook, a change waits for them; if they fail, the change stays and housekeeping logs the events. Their',
  '  removal costs a read and a transaction for each 50. While the setting is 0 nothing is read or written.',
  '- **They are kept for `EVENT_LOG_DAYS`,** which may not exceed `RETENTION_DAYS`: an event must not outlive its call. What is in the',
  '  log when the setting becomes 0 stays; delete the table `eventLog` (behind `TABLE_PREFIX`) then.',
  '',
];

function row(name: string, operations: readonly Operation[]): string[] {
  return [`\`${name}\``, `\`${typeOf(name)}\``, own[name] ?? effects(name, operations)];
}

const own: Readonly<Record<string, string>> = {
  OperationSettled: 'an operation ended',
  IncomingCall: 'a call rings',
  SequenceEnded: 'a sequence ended',
  CallStarted: 'Event Grid: a call of the resource started, also one in which Switchboard has no leg',
  CallEnded: 'Event Grid: such a call ended',
  CallParticipantAdded: 'Event Grid: a VoIP participant joined such a call',
  CallParticipantRemoved: 'Event Grid: a VoIP participant left such a call',
  RecordingArchived: 'the files of a recording are in the archive',
  RecordingFailed: 'the files of a recording are not in the archive, and will not be unless ACS reports them after all',
};

/** What the event does to operations. */
function effects(name: string, operations: readonly Operation[]): string {
  const named = (kinds: readonly string[] | undefined) => kinds?.includes(name) ?? false;
  const by = (verb: string, has: (operation: Operation) => boolean) => {
    const found = operations.filter(has).map((operation) => operation.name);
    return found.length > 0 ? [`${found.join(', ')} ${verb}`] : [];
  };
  return [
    ...by('succeeded', ({ settles }) => settles.by === 'event' && named(settles.success)),
    ...by('failed', ({ settles }) => 'failure' in settles && named(settles.failure)),
    ...by('canceled', ({ settles }) => settles.by === 'event' && named(settles.canceled)),
    ...by(
      'succeeded, when the list shows it',
      ({ settles }) => settles.by === 'participants' && name === 'ParticipantsUpdated',
    ),
    ...by('succeeded', ({ settles }) => settles.by === 'callEnd' && name === 'CallDisconnected'),
  ].join('; ');
}
