/** The CloudEvents that receivers get: ACS's events under their own type, and Switchboard's own. Pure. */
import * as z from 'zod';
import { type IncomingCall, incomingCallSchema } from '../calls/call.ts';
import type { RawEvent } from '../calls/event.ts';
import { type GridCallEvent, gridCallKinds } from '../calls/grid-call-event.ts';
import type { Settled } from '../calls/operation-life/advance.ts';
import { operationSchema } from '../calls/operation-life/operation-record.ts';
import { reasonOfOutcome } from '../calls/operation-life/outcome.ts';
import { type Origin, requesterOf } from '../calls/origin.ts';
import { type Recording, recordingSchema } from '../calls/recording/recording.ts';
import { sequenceSchema } from '../sequences/runtime/sequence.ts';
import { testType, typeOf } from './event-types.ts';

/** An event of CloudEvents 1.0 in its JSON form. An event keeps its id in every delivery to every receiver. */
export const cloudEventSchema = z
  .object({
    specversion: z.literal('1.0'),
    id: z.string(),
    type: z.string(),
    source: z.string().meta({
      description:
        '`/calls/{callId}`; `/sequences/{sequenceId}`, `/webhooks/{webhookId}` or `/calls` for one without a call',
    }),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CloudEvent' });

export type CloudEvent = Readonly<z.infer<typeof cloudEventSchema>>;

/** The data of `Switchboard.OperationSettled`: the operation with its outcome. */
const operationSettledSchema = operationSchema.pick({
  operationId: true,
  name: true,
  callId: true,
  status: true,
  requestedBy: true,
  reason: true,
  result: true,
  context: true,
  error: true,
  settledBy: true,
  settledAt: true,
});

/** The data of `Switchboard.SequenceEnded`. Masked values are in the sequence only. */
const sequenceEndedSchema = sequenceSchema.pick({
  sequenceId: true,
  name: true,
  callId: true,
  status: true,
  result: true,
  error: true,
  endedAt: true,
});

type SequenceEnd = Readonly<z.infer<typeof sequenceEndedSchema>>;

/** The data of a relayed event: ACS's, with Switchboard's ids. */
const relayedSchema = z.looseObject({
  callId: z.uuid(),
  operationId: z.string().optional().meta({ description: 'The operation that the event names' }),
  context: z.string().optional().meta({ description: 'The `context` of the request for that operation' }),
  participantId: z
    .string()
    .optional()
    .meta({ description: 'The participant that the event is about, where it is about one' }),
});

/** The data of an event that Event Grid raised of a call: ACS's, with Switchboard's id where the call is one of its. */
const gridRelayedSchema = z.looseObject({
  callId: z.uuid().optional().meta({ description: 'Absent for a call that Switchboard has no leg in' }),
  correlationId: z.string(),
  serverCallId: z.string().meta({ description: 'Its id for the `locator` by which the app joins it' }),
});

const eventOf = (type: z.ZodType, data: z.ZodType) => z.intersection(cloudEventSchema, z.object({ type, data }));

/** The schemas of all events: one for each of Switchboard's, one for those of ACS. */
export const sentEvents = {
  OperationSettled: eventOf(z.literal(typeOf('OperationSettled')), operationSettledSchema).meta({
    id: 'OperationSettledEvent',
    description: 'An operation settled',
  }),
  IncomingCall: eventOf(z.literal(typeOf('IncomingCall')), incomingCallSchema).meta({
    id: 'IncomingCallEvent',
    description: 'A call rings',
  }),
  RecordingEnded: eventOf(z.enum([typeOf('RecordingArchived'), typeOf('RecordingFailed')]), recordingSchema).meta({
    id: 'RecordingEndedEvent',
    description: 'A recording was archived, or failed',
  }),
  SequenceEnded: eventOf(z.literal(typeOf('SequenceEnded')), sequenceEndedSchema).meta({
    id: 'SequenceEndedEvent',
    description: 'A sequence ended',
  }),
  GridCallEvent: eventOf(z.enum(gridCallKinds.map(typeOf)), gridRelayedSchema).meta({
    id: 'GridCallEvent',
    description: 'A call of the resource started or ended, or someone joined or left it',
  }),
  WebhookTest: eventOf(z.literal(testType), z.object({ webhookId: z.string() })).meta({
    id: 'WebhookTestEvent',
    description: 'A test of a webhook was asked for',
  }),
  AcsEvent: eventOf(z.string(), relayedSchema).meta({ id: 'AcsEvent', description: 'An event of ACS with its data' }),
};

/** An event of ACS with its data, Switchboard's ids, and the context that the operation's caller gave. */
export function relayed(
  callId: string,
  event: RawEvent,
  { participantId, ...origin }: Origin & { readonly participantId?: string | undefined } = {},
): CloudEvent {
  const { operationContext: operationId } = event.data;
  return cloudEvent(callId, event.id, event.type, event.at, {
    ...event.data,
    callId,
    ...(operationId !== undefined && { operationId }),
    ...(participantId !== undefined && { participantId }),
    ...contextOf(origin),
  });
}

/** An event of Event Grid under its own id. Without a call it is of one in which Switchboard has no leg. */
export function gridRelayed({ id, at, kind, data }: GridCallEvent, callId: string | undefined): CloudEvent {
  const event = cloudEvent(callId ?? '', id, typeOf(kind), at, data);
  return callId === undefined ? { ...event, source: '/calls' } : { ...event, data: { ...data, callId } };
}

/** The outcome of an operation, published once, when it is final. */
export function operationSettled(
  callId: string,
  { operationId, name, outcome }: Settled,
  origin: Origin = {},
): CloudEvent {
  const { status, settledBy, settledAt, result, error } = outcome;
  const reason = reasonOfOutcome(outcome);
  return cloudEvent(callId, `${operationId}-${status}`, typeOf('OperationSettled'), settledAt, {
    operationId,
    name,
    callId,
    status,
    requestedBy: requesterOf(origin),
    settledBy,
    settledAt,
    ...(result && { result }),
    ...(error && { error }),
    ...(reason && { reason }),
    ...contextOf(origin),
  });
}

/** A delivery holds 64 KiB: what a caller sends along must not keep the call from its subscribers (Switchboard's choice). */
const mostContextCharacters = 20_000;

/** A ringing call that has not been answered. A custom context that is too large for a delivery is in the resource only. */
export function incomingCall({ customContext = [], ...call }: IncomingCall): CloudEvent {
  const fits = customContext.length > 0 && JSON.stringify(customContext).length <= mostContextCharacters;
  const incoming = { ...call, ...(fits && { customContext }) };
  const { incomingCallId, receivedAt } = incoming;
  return cloudEvent(incomingCallId, `${incomingCallId}-ringing`, typeOf('IncomingCall'), receivedAt, incoming);
}

/** A recording that was archived or failed; `isMore` when further files of an archived one followed. */
export function recordingEnded(recording: Recording, now: string, isMore: boolean): CloudEvent {
  const { recordingId, callId, status, files } = recording;
  const type = typeOf(status === 'archived' ? 'RecordingArchived' : 'RecordingFailed');
  const id = isMore ? `${recordingId}-${status}-${files.length}` : `${recordingId}-${status}`;
  return cloudEvent(callId, id, type, now, recording);
}

/** A sequence that ended. */
export function sequenceEnded(ended: SequenceEnd, now: string): CloudEvent {
  const { sequenceId, callId } = ended;
  const event = cloudEvent(callId ?? '', `${sequenceId}-ended`, typeOf('SequenceEnded'), now, ended);
  return callId === undefined ? { ...event, source: `/sequences/${sequenceId}` } : event;
}

/** The event that a test of a webhook sends. */
export function webhookTest(webhookId: string, id: string, now: string): CloudEvent {
  return { ...cloudEvent('', id, testType, now, { webhookId }), source: `/webhooks/${webhookId}` };
}

const sourcePrefix = '/calls/';

/** The call of an event; a sequence may have none. */
export function callIdOf({ source }: CloudEvent): string | undefined {
  return source.startsWith(sourcePrefix) ? source.slice(sourcePrefix.length) : undefined;
}

function cloudEvent(callId: string, id: string, type: string, time: string, data: CloudEvent['data']): CloudEvent {
  const source = `${sourcePrefix}${callId}`;
  return { specversion: '1.0', id, type, source, time, datacontenttype: 'application/json', data };
}

function contextOf({ context }: Origin) {
  return context === undefined ? {} : { context };
}
