/** What is known of a running sequence, and what the interpreter is told and asks for. */
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
export interface StepError {
  readonly code: string;
  readonly message: string;
}

/** A sequence as it was started; it never changes, so a new version of a built-in does not touch one that runs. */
export interface Plan {
  readonly sequenceId: string;
  readonly name?: string;
  readonly createdAt: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Without steps where an orchestrator makes them while it runs. */
  readonly definition: Definition;
  readonly orchestrator?: OrchestratorPlan;
  /** The trace of what started it, where traces are recorded. */
  readonly trace?: string;
}

/** The orchestrator that makes the steps of a sequence. */
export interface OrchestratorPlan {
  readonly name: string;
  /** The events that its steps may wait for. */
  readonly events: readonly EventKind[];
  /** The members of the input that Durable Functions may keep. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** An operation as a step asks for it: its name, what it acts on, its input. */
export interface OperationRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What became of a step, in one round of each repetition that it is in. */
export interface StepRecord {
  /** The id of the step, or which other it stops or undoes. */
  readonly key: string;
  readonly do: string;
  readonly status: StepStatus;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly operationId?: string;
  readonly callId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: StepError;
  /** The event that a wait took. */
  readonly event?: WatchedEvent;
  /** Kept until ACS was asked; longer where it may have to be undone. */
  readonly request?: OperationRequest;
  /** The branch that it is in: what is stopped together. */
  readonly scope: string;
  /** Events of the call that were known when it began. */
  readonly eventsAtStart: number;
  readonly masked?: true;
  /** ACS's answer to its operation is known. */
  readonly hasResponse?: true;
  /** Its time-out is over. */
  readonly isOverdue?: true;
  /** It stops or undoes another step. */
  readonly stops?: string;
}

/** A decision that stands once it was taken: which way, which branch came first. */
export type Choice = string | number;

export interface State {
  readonly phase: 'steps' | 'stopping' | 'finally' | 'ended';
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly choices: Readonly<Record<string, Choice>>;
  readonly callId?: string;
  readonly cancelRequestedAt?: string;
  /** Why, unless a caller of the API asked for it. */
  readonly cancelReason?: StepError;
  /** How the steps ended. */
  readonly ending?: { readonly status: EndStatus; readonly undo: boolean; readonly error?: StepError };
  readonly result?: Readonly<Record<string, unknown>>;
  /** The last event that a wait took. */
  readonly lastConsumed: number;
  readonly endedAt?: string;
}

/** An operation as the ledger knows it. */
export interface OperationSnapshot {
  readonly status: 'accepted' | 'sent' | Exclude<StepStatus, 'running' | 'skipped'>;
  readonly callId: string;
  readonly result?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: StepError | undefined;
  /** ACS was asked so long ago that nobody waits for its answer any more. */
  readonly isAbandoned?: boolean;
}

/** What the interpreter is told: nothing else about the world reaches it. */
export interface Snapshot {
  readonly now: string;
  /** By operation id; one that is missing was never asked for, as far as the ledger knows. */
  readonly operations: Readonly<Record<string, OperationSnapshot>>;
  /** By operation id: why one could not be asked for. */
  readonly rejections: Readonly<Record<string, StepError>>;
  readonly hasCallEnded: boolean;
  /** Events of the call in the order in which they came, the last of them. */
  readonly events: readonly WatchedEvent[];
  /** How many came in all. */
  readonly eventCount: number;
}

/** An operation that is to be performed now. */
export interface StepCommand extends OperationRequest {
  readonly operationId: string;
  readonly masked: boolean;
}

/** The state of a sequence that has not begun. */
export function newState(callId: string | undefined): State {
  return { phase: 'steps', steps: {}, choices: {}, lastConsumed: 0, ...(callId !== undefined && { callId }) };
}

/** The steps whose operation has not settled, as far as the sequence knows. */
export function openOperations({ steps }: State): (StepRecord & { readonly operationId: string })[] {
  return Object.values(steps).flatMap((step) =>
    step.status === 'running' && step.operationId !== undefined ? [{ ...step, operationId: step.operationId }] : [],
  );
}
