/** A mid-call event of ACS as the pure core sees it: envelope and payload flattened, participants as strings. */
import type { CallAutomationEvent } from '@azure/communication-call-automation';
import type { Participant } from './participant.ts';

/** The SDK's own union of event names: never retyped, so that an SDK upgrade shows here. */
export type EventKind = CallAutomationEvent['kind'];

/** The result information of ACS: an HTTP-like code, a sub-code (DiagCode) and a text. */
export interface ResultInformation {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
}

/** One event. `id` and `at` are those of the CloudEvent: together they name it, however often it is delivered. */
export interface CallEvent<Kind extends EventKind = EventKind> {
  readonly id: string;
  readonly at: string;
  readonly kind: Kind;
  readonly callConnectionId?: string;
  readonly serverCallId?: string;
  readonly correlationId?: string;
  readonly operationContext?: string;
  readonly result?: ResultInformation;
  readonly sequenceNumber?: number;
  readonly participants?: readonly Participant[];
  /** The one participant that the event is about, in the API's spelling. */
  readonly participant?: string;
  readonly invitationId?: string;
  /** A tone of continuous DTMF recognition, and its place among those of its participant. */
  readonly tone?: { readonly sequenceId: number; readonly tone: string };
  /** What becomes the result of the operation that it names: digits or speech, for example. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** The recording that the event is about. */
  readonly recording?: RecordingChange;
}

/** A recording in an event: Switchboard's id of it, ACS's id, and since when it records. */
export interface RecordingChange {
  readonly recordingId: string;
  readonly acsRecordingId: string;
  readonly state?: 'active' | 'inactive';
  readonly startedAt?: string;
}

/** An event as it arrived, for its subscribers. */
export interface RawEvent {
  readonly id: string;
  readonly at: string;
  /** The whole type, with its prefix. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly operationContext?: string | undefined };
}
