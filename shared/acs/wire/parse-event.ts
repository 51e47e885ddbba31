/** Reads one element of a callback body. The SDK's parser takes the first element of an array only, and loses id and time (ACS-S4). */
import { type CallAutomationEvent, parseCallAutomationEvent } from '@azure/communication-call-automation';
import * as z from 'zod';
import type { CallEvent, RawEvent } from '../../calls/event.ts';
import { transitions } from '../../calls/transitions.ts';
import { fromIdentifier } from './identifiers.ts';
import { toParticipant } from './reading.ts';
import { recordingChange } from './recording-change.ts';
import { withoutNulls } from './without-nulls.ts';

/** A CloudEvent as received; `event` is present when the SDK knows its kind. */
export interface ParsedEvent {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly raw: RawEvent;
  readonly event?: CallEvent;
}

const typePrefix = 'Microsoft.Communication.';

const cloudEventSchema = z.looseObject({
  id: z.string().min(1).max(256),
  type: z.string().min(1).max(256),
  time: z.iso.datetime({ offset: true }),
  data: z.looseObject({ operationContext: z.string().max(1024).optional(), sequenceNumber: z.number().optional() }),
});

/** The event of an element, or the reason why it is none. A kind that the SDK does not know is an event all the same. */
export function parseEvent(element: unknown): ParsedEvent | { readonly reason: string } {
  const envelope = cloudEventSchema.safeParse(withoutNulls(element));
  if (!envelope.success) {
    const fields = envelope.error.issues.map((issue) => issue.path.join('.') || 'the element');
    return { reason: `not a CloudEvent: ${fields.join(', ')}` };
  }
  const { id, type, time, data } = envelope.data;
  const named = { id, at: new Date(time).toISOString(), kind: type.replace(typePrefix, '') };
  const raw = { id, at: named.at, type, data };
  if (!Object.hasOwn(transitions, named.kind)) {
    return { ...named, raw };
  }
  try {
    // A copy, because the SDK writes what it parsed into the data.
    return { ...named, raw, event: flatten(named, parseCallAutomationEvent(structuredClone(envelope.data))) };
  } catch (error) {
    return { reason: `the SDK cannot parse this ${named.kind}: ${String(error)}` };
  }
}

const identitySchema = z.looseObject({ id: z.string().max(256).catch('unknown'), type: z.string().catch('') });

/** What can be read of an element that is no event: its id, and its kind if that is one of the SDK's. */
export function identityOf(element: unknown): { readonly event: string; readonly eventId: string } {
  const { id = 'unknown', type = '' } = identitySchema.safeParse(element).data ?? {};
  const kind = type.replace(typePrefix, '');
  return { event: Object.hasOwn(transitions, kind) ? kind : 'unknown', eventId: id };
}

function flatten(named: { id: string; at: string }, event: CallAutomationEvent): CallEvent {
  const { resultInformation: result } = event;
  return {
    ...named,
    kind: event.kind,
    ...('callConnectionId' in event && present('callConnectionId', event.callConnectionId)),
    ...('serverCallId' in event && present('serverCallId', event.serverCallId)),
    ...('correlationId' in event && present('correlationId', event.correlationId)),
    ...('operationContext' in event && present('operationContext', event.operationContext)),
    ...(result && {
      result: { code: result.code ?? 0, subCode: result.subCode ?? 0, message: result.message ?? '' },
    }),
    ...('sequenceNumber' in event && present('sequenceNumber', event.sequenceNumber)),
    ...('participants' in event && event.participants && { participants: event.participants.flatMap(toParticipant) }),
    ...('participant' in event && event.participant && { participant: fromIdentifier(event.participant) }),
    ...('invitationId' in event && present('invitationId', event.invitationId)),
    ...('tone' in event && { tone: { sequenceId: event.sequenceId, tone: event.tone } }),
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
