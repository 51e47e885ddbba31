/** What an operation is: one literal from which route, validation, OpenAPI, docs, settlement and contract tests are derived. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { z } from 'zod';
import type { Call, CallRecord } from '../calls/call.ts';
import type { MediaUse } from '../calls/media-rules.ts';
import type { Intent } from '../calls/operation-life/operation-record.ts';
import type { Settlement } from '../calls/operation-life/settlement.ts';
import type { StartedRecording } from '../calls/recording/recording-facts.ts';
import type { RecordingStep } from '../calls/recording/recording-steps.ts';
import type { Invited } from '../calls/roster-facts.ts';
import type { StreamName } from '../calls/stream.ts';
import type { ErrorCode } from '../errors.ts';
import type { DigitsToSend } from './fields/dial-string.ts';

/** What an operation acts on, and so which call it belongs to: its own, a given one, one that rings, a recording's. */
export type Target = keyof typeof targetParameters;

/** The path parameter that names the target. */
export const targetParameters = {
  newCall: undefined,
  call: 'callId',
  incomingCall: 'incomingCallId',
  recording: 'recordingId',
} as const;

/** Options of every request to ACS: the operation's id, which returns in its events. */
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
  /** Empty until an event of ACS brings it. */
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

/** ACS's response: callers see `result`, the call's row keeps `connection`. */
export interface AcsResponse {
  readonly result?: Readonly<Record<string, unknown>>;
  readonly connection?: Pick<CallRecord, 'application' | 'callConnectionId' | 'serverCallId' | 'correlationId'>;
  /** ACS no longer had what the operation was to end. */
  readonly wasGone?: true;
  /** The recording that ACS started. */
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

/** Those who leave a call. */
export interface Leaving {
  readonly who: readonly string[] | 'everyone';
  /** By default the operation's own call. */
  readonly callId?: string;
}

/**
 * What ACS does with a retry of a request that it does not recognize by its Repeatability-Request-ID: it performs it again, so
 * the request is sent once; or it judges it by the state that the first attempt may have changed, so that a refusal of the
 * retry does not show that the first attempt failed.
 */
export type OnRetry = 'performedAgain' | 'judgedAnew';

export interface Operation<Name extends string = string, Schema extends InputSchema = InputSchema> {
  /** The SDK's verb: function name, OpenAPI operationId, sequence step and docs anchor. */
  readonly name: Name;
  readonly summary: string;
  readonly method: 'POST' | 'DELETE';
  /** Below `/api`. */
  readonly path: string;
  /** A second route, whose path names the `participant` of the input by its participantId: no number stands in a path. */
  readonly byParticipantId?: { readonly method: 'POST' | 'DELETE'; readonly path: string; readonly input: InputSchema };
  readonly target: Target;
  /** The direction of the call that it makes; required when its target is a new call. */
  readonly direction?: 'outbound' | 'joined';
  readonly input: Schema;
  /** An input without path parameters, for docs and contract tests. */
  readonly example: z.input<Schema>;
  /**
   * The members that its result can have, from ACS's response or from the event that settles it; none unless given.
   * Operations that share one share its resource, which the id of the schema names.
   */
  readonly result?: z.ZodObject;
  readonly settles: Settlement;
  readonly undo: Undo<z.input<Schema>> | 'none';
  /**
   * Refusals that show that what it asks for is so already. ACS's 404 makes it succeed; a refusal of Switchboard is still
   * reported to a caller, but counts as success in a sequence.
   */
  readonly satisfiedBy?: readonly ('acsNotFound' | ErrorCode)[];
  /** In a sequence a refusal after the end of the call skips it: the end left nothing to do. */
  readonly skippedAfterCallEnd?: true;
  /** Of a call that ACS has not named yet it is sent as soon as an event names the call. */
  readonly waitsForConnection?: true;
  /** It counts towards the redirects that are allowed for a call at ACS. */
  readonly redirects?: true;
  readonly onRetry?: OnRetry;
  /** Time beyond that of its settlement, where the input makes it last longer. */
  readonly lastsSeconds?: (input: z.output<Schema>) => number;
  /** Its use of the call's media, where it may conflict with another operation's. */
  readonly media?: (input: z.output<Schema>) => MediaUse;
  /** The participants that it acts on, for settlements by the participant list. */
  readonly about?: (input: z.output<Schema>) => readonly string[];
  /** The digits that are sent once it has succeeded. */
  readonly digitsAfter?: (input: z.output<Schema>) => DigitsToSend | undefined;
  /** What it says of the call that it makes. */
  readonly describes?: (input: z.output<Schema>) => Pick<CallRecord, 'from' | 'to' | 'locator'>;
  /** Those whom it asks into a call, for the roster. */
  readonly invites?: (input: z.output<Schema>) => Invited;
  /** Those whom it brings into the call. */
  readonly joins?: (input: z.output<Schema>) => readonly string[];
  /** Those who leave a call by it: of its own call everyone or some, or some of another call. */
  readonly leaves?: (input: z.output<Schema>) => Leaving;
  /** The id of a second call that the input names; it must be known. */
  readonly otherCall?: (input: z.output<Schema>) => string;
  /** The states of a call in which it is allowed; by default `connected` alone. */
  readonly allowedIn?: readonly [Call['status'], ...Call['status'][]];
  /** Its step in the life of a recording: one that the recording's state forbids is refused before ACS is asked. */
  readonly recordingStep?: 'start' | RecordingStep;
  /** The stream of the call that it starts or stops. */
  readonly stream?: { readonly name: StreamName; readonly isWanted: boolean };
  /** The change of the call that follows from ACS's acceptance alone. */
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
