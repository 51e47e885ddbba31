/** A mid-call event of ACS as the pure core sees it: envelope and payload flattened, participants as strings. */
import type { CallAutomationEvent } from '@azure/communication-call-automation';
import type { Participant } from './participant.ts';

/** The SDK's own union of event names: never retyped, so that an SDK upgrade shows here. */
export type EventKind = CallAutomationEvent['kind'];

/** What ACS says of the outcome: HTTP-like code, sub-code (DiagCode) and text. */
export interface ResultInformation {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
}

/** One event. `id` and `at` are those of the CloudEvent: together they name it, whichever way and how often it comes. */
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
  /** What the operation's result shows of it. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** The recording that the event is about. */
  readonly recording?: RecordingChange;
}

/** What an event tells of a recording: ACS's id of it, ours, and since when it records. */
export interface RecordingChange {
  readonly recordingId: string;
  readonly acsRecordingId: string;
  readonly state?: 'active' | 'inactive';
  readonly startedAt?: string;
}

/** An event as it came, for those who are told of it. */
export interface RawEvent {
  readonly id: string;
  readonly at: string;
  /** The whole type, with its prefix. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly operationContext?: string | undefined };
}
