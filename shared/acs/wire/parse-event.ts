/** Reads one element of a callback body. The SDK's parser takes the first element of an array only, and loses id and time (ACS-S4). */
import { type CallAutomationEvent, parseCallAutomationEvent } from '@azure/communication-call-automation';
import * as z from 'zod';
import type { CallEvent, RawEvent } from '../../calls/event.ts';
import { transitions } from '../../calls/transitions.ts';
import { errorName } from '../../errors.ts';
import { shortened } from '../../shortened.ts';
import { isUuid } from '../../uuid.ts';
import { fromIdentifier } from './identifiers.ts';
import { toParticipant } from './reading.ts';
import { recordingChange } from './recording-change.ts';
import { withoutNulls } from './without-nulls.ts';

/** A CloudEvent as received; `event` is present when the SDK knows its kind. */
export interface ParsedEvent {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  /** The operation that it names. A context of another form is not Switchboard's, and names none. */
  readonly operationContext?: string;
  readonly raw: RawEvent;
  readonly event?: CallEvent;
}

/** Longer than any of ACS's. The message of a call's end is written once for each operation that it settles. */
const maxMessageLength = 4096;

const typePrefix = 'Microsoft.Communication.';

/** Ids are kept in the row of the call. */
const id = z.string().max(2048).optional();
const count = z.number().optional();

/** The members that become part of a call or an operation; the SDK checks none of them. */
const dataSchema = z.looseObject({
  operationContext: z.string().optional(),
  callConnectionId: id,
  serverCallId: id,
  correlationId: id,
  invitationId: id,
  recordingId: id,
  sequenceNumber: count,
  sequenceId: count,
  tone: z.string().optional(),
  resultInformation: z.looseObject({ code: count, subCode: count, message: z.string().optional() }).optional(),
});

const cloudEventSchema = z.looseObject({
  id: z.string().min(1).max(256),
  type: z.string().min(1).max(256),
  time: z.iso.datetime({ offset: true }),
  data: dataSchema,
});

/** The event of an element, or the reason why it is none. A kind that the SDK does not know is an event all the same. */
export function parseEvent(element: unknown): ParsedEvent | { readonly reason: string } {
  try {
    const envelope = cloudEventSchema.safeParse(withoutNulls(element));
    if (!envelope.success) {
      const fields = envelope.error.issues.map((issue) => issue.path.join('.') || 'the element');
      return { reason: `not a CloudEvent: ${fields.join(', ')}` };
    }
    return parseEnvelope(envelope.data);
  } catch (error) {
    return { reason: `the SDK cannot parse this ${identityOf(element).event}: ${errorName(error)}` };
  }
}

function parseEnvelope(envelope: z.output<typeof cloudEventSchema>): ParsedEvent {
  const { id, type, time, data } = envelope;
  const { operationContext = '' } = data;
  const named = {
    id,
    at: new Date(time).toISOString(),
    kind: type.replace(typePrefix, ''),
    ...(isUuid(operationContext) && { operationContext }),
  };
  const parsed = { ...named, raw: { id, at: named.at, type, data } };
  // A copy, because the SDK writes what it parsed into the data.
  return Object.hasOwn(transitions, named.kind)
    ? { ...parsed, event: flatten(named, parseCallAutomationEvent(structuredClone(envelope))) }
    : parsed;
}

const identitySchema = z.looseObject({ id: z.string().max(256).catch('unknown'), type: z.string().catch('') });

/** What can be read of an element that is no event: its id, and its kind if that is one of the SDK's. */
export function identityOf(element: unknown): { readonly event: string; readonly eventId: string } {
  const { id = 'unknown', type = '' } = identitySchema.safeParse(element).data ?? {};
  const kind = type.replace(typePrefix, '');
  return { event: Object.hasOwn(transitions, kind) ? kind : 'unknown', eventId: id };
}

function flatten(named: Pick<CallEvent, 'id' | 'at' | 'operationContext'>, event: CallAutomationEvent): CallEvent {
  const { resultInformation: result } = event;
  return {
    ...named,
    kind: event.kind,
    ...('callConnectionId' in event && present('callConnectionId', event.callConnectionId)),
    ...('serverCallId' in event && present('serverCallId', event.serverCallId)),
    ...('correlationId' in event && present('correlationId', event.correlationId)),
    ...(result && {
      result: {
        code: result.code ?? 0,
        subCode: result.subCode ?? 0,
        message: shortened(result.message ?? '', maxMessageLength),
      },
    }),
    ...('sequenceNumber' in event && present('sequenceNumber', event.sequenceNumber)),
    ...('participants' in event && event.participants && { participants: event.participants.flatMap(toParticipant) }),
    ...('participant' in event && event.participant && { participant: fromIdentifier(event.participant) }),
    ...('invitationId' in event && present('invitationId', event.invitationId)),
    ...('tone' in event &&
      event.tone &&
      Number.isInteger(event.sequenceId) && { tone: { sequenceId: event.sequenceId, tone: event.tone } }),
    ...present('recording', recordingChange(event)),
    ...present('detail', detailOf(event)),
  };
}

/** What an operation's result shows of the event that settled it. */
function detailOf(event: CallAutomationEvent): Readonly<Record<string, unknown>> | undefined {
  switch (event.kind) {
    case 'RecognizeCompleted':
      return {
        recognitionType: event.recognitionType,
        ...(event.dtmfResult && { tones: event.dtmfResult.tones ?? [] }),
        ...(event.choiceResult && { choice: event.choiceResult }),
        ...(event.speechResult && { speech: event.speechResult }),
      };
    case 'PlayFailed':
    case 'RecognizeFailed':
      return event.failedPlaySourceIndex === undefined
        ? undefined
        : { failedPlaySourceIndex: event.failedPlaySourceIndex };
    case 'MediaStreamingFailed':
      return event.mediaStreamingUpdate && { details: event.mediaStreamingUpdate.mediaStreamingStatusDetails };
    case 'TranscriptionFailed':
      return event.transcriptionUpdate && { details: event.transcriptionUpdate.transcriptionStatusDetails };
    default:
      return undefined;
  }
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
