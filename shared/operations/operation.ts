/** What an operation is: one literal from which route, validation, OpenAPI, docs, settlement and contract tests are derived. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { z } from 'zod';
import type { Call, CallRecord } from '../calls/call.ts';
import type { MediaUse } from '../calls/media-rules.ts';
import type { Intent } from '../calls/operation-life/operation-record.ts';
import type { Settlement } from '../calls/operation-life/settlement.ts';
import type { StartedRecording } from '../calls/recording/recording-facts.ts';
import type { RecordingStep } from '../calls/recording/recording-steps.ts';

/** What the operation acts on, and so where its call comes from: none yet, a call, one that still rings, a recording's. */
export type Target = 'newCall' | 'call' | 'incomingCall' | 'recording';

/** The path parameter that names the target. */
export const targetParameters = {
  newCall: undefined,
  call: 'callId',
  incomingCall: 'incomingCallId',
  recording: 'recordingId',
} as const;

/** What every request to ACS carries: the operation's id, which comes back in its events. */
export interface RequestOptions {
  readonly operationContext: string;
}

/** A recording as its operations see it. */
export interface TargetRecording {
  readonly acsRecordingId: string;
  /** Deletes its archive and ACS's copy. */
  erase(): Promise<void>;
}

/** What `send` is given. The connection is empty for a call that has none yet, the context for one that never rang. */
export interface Send<Input> {
  readonly acs: CallAutomationClient;
  readonly input: Input;
  readonly callConnectionId: string;
  /** Empty until ACS told it. */
  readonly serverCallId: string;
  readonly incomingCallContext: string;
  /** The connection of `otherCall`, for the operation that names a second call. */
  readonly otherConnectionId: string;
  /** What the operation acts on, if that is a recording. */
  readonly recording: TargetRecording;
  readonly callbackUrl: string;
  readonly cognitiveServicesEndpoint: string | undefined;
  readonly options: RequestOptions;
}

/** What ACS answered: `result` is shown to the caller, `connection` is kept with the call. */
export interface AcsResponse {
  readonly result?: Readonly<Record<string, unknown>>;
  readonly connection?: Pick<CallRecord, 'callConnectionId' | 'serverCallId' | 'correlationId'>;
  readonly invitationId?: string | undefined;
  /** The recording that ACS began to make. */
  readonly recording?: StartedRecording;
}

/** The schema of an input: a strict object. */
type Fields = Readonly<Record<string, unknown>>;
export type InputSchema = z.ZodType<Fields, Fields>;

export interface Operation<Name extends string = string, Schema extends InputSchema = InputSchema> {
  /** The SDK's verb: function name, OpenAPI operationId, sequence step and docs anchor. */
  readonly name: Name;
  readonly summary: string;
  readonly method: 'POST' | 'DELETE';
  /** Below `/api`; a `{parameter}` besides the target's id is a field of the input. */
  readonly path: string;
  readonly target: Target;
  readonly input: Schema;
  /** An input without path parameters, for docs and contract tests. */
  readonly example: z.input<Schema>;
  readonly settles: Settlement;
  /** Asked again, ACS would do it again: it keeps no answer under the operation's id. So it is never asked twice. */
  readonly repeatsOnRetry?: true;
  /** What it takes beyond the time of its settlement, when its input makes it last. */
  readonly lastsSeconds?: (input: z.output<Schema>) => number;
  /** What it does with the media of the call, for those that may be in one another's way. */
  readonly media?: (input: z.output<Schema>) => MediaUse;
  /** Participants the operation is about, for settlements that look at the participant list. */
  readonly about?: (input: z.output<Schema>) => readonly string[];
  /** The id of a second call that the input names; it must be known. */
  readonly otherCall?: (input: z.output<Schema>) => string;
  /** The states of a call in which it may be asked for; `connected` alone unless said otherwise. */
  readonly allowedIn?: readonly [Call['status'], ...Call['status'][]];
  /** What it does to a recording: known to be out of place before ACS is asked. */
  readonly recordingStep?: 'start' | RecordingStep;
  /** What ACS's acceptance alone means for the call. */
  readonly accepted?: (call: CallRecord, intent: Intent) => CallRecord;
  send(request: Send<z.output<Schema>>): Promise<AcsResponse>;
}

/** Checks what the types cannot: every path parameter has a meaning. Throws while the table is built, never later. */
export function defineOperation<Name extends string, Schema extends InputSchema>(
  operation: Operation<Name, Schema>,
): Operation<Name, Schema> {
  const targetId = targetParameters[operation.target];
  const named = pathParameters(operation.path);
  if (targetId !== undefined && !named.includes(targetId)) {
    throw new TypeError(
      `${operation.name}: a path of target ${operation.target} has {${targetId}}, got ${operation.path}`,
    );
  }
  return operation;
}

/** The `{parameters}` of a route. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/(?<=\{)\w+(?=\})/g)].map((match) => match[0]);
}
