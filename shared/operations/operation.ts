/** What an operation is: one literal from which route, validation, OpenAPI, docs, settlement and contract tests are derived. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { z } from 'zod';
import type { Call, CallRecord } from '../calls/call.ts';
import type { MediaUse } from '../calls/media-rules.ts';
import type { Intent } from '../calls/operation-life/operation-record.ts';
import type { Settlement } from '../calls/operation-life/settlement.ts';
import type { StartedRecording } from '../calls/recording/recording-facts.ts';
import type { RecordingStep } from '../calls/recording/recording-steps.ts';
import type { ErrorCode } from '../errors.ts';

/** What an operation acts on, and so which call it belongs to: its own, a given one, one that rings, a recording's. */
export type Target = keyof typeof targetParameters;

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

/** A request that undoes an operation: it acts on the same call, or on the recording that `result` names. */
export interface UndoRequest<Input> {
  readonly by: { readonly name: string; readonly target: Target };
  /** Its input. A member that is undefined says that the operation cannot be undone until ACS's response names it. */
  readonly input?: (undone: {
    readonly input: Input;
    readonly result: Readonly<Record<string, unknown>>;
  }) => Readonly<Record<string, unknown>>;
}

/** How a sequence that fails or is canceled undoes an operation; without a request it waits, and the effect stays. */
export interface Undo<Input = Fields> {
  /** Stops it while it is open. */
  readonly whileOpen?: UndoRequest<Input>;
  /** Reverses it once it succeeded. */
  readonly afterSuccess?: UndoRequest<Input>;
}

export interface Operation<Name extends string = string, Schema extends InputSchema = InputSchema> {
  /** The SDK's verb: function name, OpenAPI operationId, sequence step and docs anchor. */
  readonly name: Name;
  readonly summary: string;
  readonly method: 'POST' | 'DELETE';
  /** Below `/api`; a `{parameter}` besides the target's id is a field of the input. */
  readonly path: string;
  readonly target: Target;
  /** The direction of the call that it makes; required when its target is a new call. */
  readonly direction?: 'outbound' | 'joined';
  readonly input: Schema;
  /** An input without path parameters, for docs and contract tests. */
  readonly example: z.input<Schema>;
  readonly settles: Settlement;
  readonly undo: Undo<z.input<Schema>> | 'none';
  /**
   * Refusals that show that what it asks for is so already. ACS's 404 makes it succeed; a refusal of Switchboard is still
   * reported to a caller, but counts as success in a sequence.
   */
  readonly satisfiedBy?: readonly ('acsNotFound' | ErrorCode)[];
  /** In a sequence a refusal after the end of the call skips it: the end left nothing to do. */
  readonly skippedAfterCallEnd?: true;
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

type DirectionOfTarget =
  | { readonly target: 'newCall'; readonly direction: 'outbound' | 'joined' }
  | { readonly target: Exclude<Target, 'newCall'>; readonly direction?: never };

/** Checks what the types cannot: every path parameter has a meaning. Throws while the table is built, never later. */
export function defineOperation<Name extends string, Schema extends InputSchema>(
  operation: Operation<Name, Schema> & DirectionOfTarget,
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
