/**
 * The data of the interpreter: the plan and the state of a sequence, which are stored, the snapshot that it decides from and
 * the commands that it issues.
 */
import type { AcsCodes } from '../../calls/acs-codes.ts';
import type { EventKind } from '../../calls/event.ts';
import type { WatchedEvent } from '../../calls/watchers.ts';
import type { Definition } from '../language/definition.ts';

export const endStatuses = ['succeeded', 'failed', 'compensated', 'canceled', 'timedOut'] as const;
export type EndStatus = (typeof endStatuses)[number];

export const stepStatuses = [
  'running',
  'succeeded',
  'failed',
  'canceled',
  'timedOut',
  'indeterminate',
  'skipped',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** Why a step or a sequence failed. */
export interface StepError extends AcsCodes {
  readonly code: string;
  readonly message: string;
}

/** A sequence as it was started. It never changes, so a new version of a built-in does not affect running sequences. */
export interface Plan {
  readonly sequenceId: string;
  readonly name?: string;
  readonly createdAt: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Without steps where an orchestrator produces them while it runs. */
  readonly definition: Definition;
  readonly orchestrator?: OrchestratorPlan;
  /** The operation whose success it waits for before its first step. */
  readonly after?: string;
  /** The trace of the request that started it, where traces are recorded. */
  readonly trace?: string;
}

/** The orchestrator that produces the steps of a sequence. */
export interface OrchestratorPlan {
  readonly name: string;
  /** The events that its steps may wait for. */
  readonly events: readonly EventKind[];
  /** The members of the input that Durable Functions may keep. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** An operation with its input, which includes the ids that its path would hold. */
export interface OperationRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The progress of a step, in one round of each repetition that contains it. */
export interface StepRecord {
  /** The id of the step with its rounds; of one that stops or undoes another, the id of that one with a suffix. */
  readonly key: string;
  readonly do: string;
  readonly status: StepStatus;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly operationId?: string;
  readonly callId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: StepError;
  /** The event that a wait consumed. */
  readonly event?: WatchedEvent;
  /** Kept until ACS has responded; longer where it is needed to undo the step. */
  readonly request?: OperationRequest;
  /** The branch that contains it: the steps of a branch are stopped together. */
  readonly scope: string;
  /** The number of events of the call when it started. */
  readonly eventsAtStart: number;
  readonly masked?: true;
  /** The response of ACS to its operation is known. */
  readonly hasResponse?: true;
  /** Its timeout has elapsed. */
  readonly isOverdue?: true;
  /** The step that it stops or undoes. */
  readonly stops?: string;
  /** The tones that a `collect` took. */
  readonly taken?: Taken;
}

/** A part of the tones of a recognition. */
export interface Taken {
  /** The operation that started the recognition. */
  readonly listening: string;
  /** The number of its tones before the first one, and up to the last. */
  readonly from: number;
  readonly to: number;
  /** When the last one was seen, or the step started. */
  readonly at: string;
  /** Stop tones that it did not need; the next step ignores one of them. */
  readonly mayFollow?: readonly string[];
  readonly ignores?: readonly string[];
}

/** A decision that stands once it is made: which list of an `if`, which branch won. */
export type Choice = string | number;

export interface State {
  readonly phase: 'steps' | 'stopping' | 'finally' | 'ended';
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly choices: Readonly<Record<string, Choice>>;
  readonly callId?: string;
  readonly cancelRequestedAt?: string;
  /** Why, unless a client canceled it through the API. */
  readonly cancelReason?: StepError;
  /** How the steps ended. */
  readonly ending?: { readonly status: EndStatus; readonly undo: boolean; readonly error?: StepError };
  readonly result?: Readonly<Record<string, unknown>>;
  /** The position of the last event that a wait consumed. */
  readonly lastConsumed: number;
  readonly endedAt?: string;
}

/** An operation as the ledger has it. */
export interface OperationSnapshot {
  readonly status: 'accepted' | 'sent' | Exclude<StepStatus, 'running' | 'skipped'>;
  readonly callId: string;
  readonly result?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: StepError | undefined;
  /** The response of ACS is overdue: the process that sent the request has ended. */
  readonly isAbandoned?: boolean;
}

/** A continuous DTMF recognition as the ledger has it. */
export interface ListeningSnapshot {
  readonly hasFailed: boolean;
  /** In the order in which they were pressed, up to the first that has not arrived. */
  readonly tones: readonly string[];
}

/** All that the interpreter knows of the world outside its state. */
export interface Snapshot {
  readonly now: string;
  /** By operation id; the ledger has no intent for one that is missing. */
  readonly operations: Readonly<Record<string, OperationSnapshot>>;
  /** By operation id: the errors of commands that were rejected before ACS was asked. */
  readonly rejections: Readonly<Record<string, StepError>>;
  readonly hasCallEnded: boolean;
  /** The participants of the call. */
  readonly present: readonly string[];
  /** Those who were in the call and have left it. */
  readonly departed: readonly string[];
  /** The last events of the call, in order of arrival. */
  readonly events: readonly WatchedEvent[];
  /** The number of all events of the call so far. */
  readonly eventCount: number;
  /** The recognitions that a sequence with a `collect` started, by operation id. */
  readonly listening: Readonly<Record<string, ListeningSnapshot>>;
}

/** An operation to perform now. The same step always has the same operation id. */
export interface StepCommand extends OperationRequest {
  readonly operationId: string;
  /** The key of its step. */
  readonly step: string;
  readonly masked: boolean;
}

/** The state of a sequence that has not started. */
export function newState(callId: string | undefined): State {
  return { phase: 'steps', steps: {}, choices: {}, lastConsumed: 0, ...(callId !== undefined && { callId }) };
}

/** The steps whose operation has not settled as far as the state says. */
export function openOperations({ steps }: State): (StepRecord & { readonly operationId: string })[] {
  return Object.values(steps).flatMap((step) =>
    step.status === 'running' && step.operationId !== undefined ? [{ ...step, operationId: step.operationId }] : [],
  );
}
