/** The ledger's capabilities: each function takes the smallest of these that serves it. All are made in app.ts. */

import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { CallRecord } from '../calls/call.ts';
import type { Intent } from '../calls/operation-life/operation-record.ts';
import type { RecordingRecord } from '../calls/recording/recording-record.ts';
import type { KnownLimits } from '../limits/known-limits.ts';
import type { Slots } from '../limits/open-slots.ts';
import type { Log } from '../log.ts';
import type { DigitsToSend } from '../operations/fields/dial-string.ts';
import type { CheckInput } from '../operations/parse-input.ts';
import type { CallIndex } from '../storage/call-index.ts';
import type { CallStore } from '../storage/calls.ts';
import type { OperationIndex } from '../storage/operation-index.ts';
import type { RecordingIndex } from '../storage/recording-index.ts';
import type { RedirectStore } from '../storage/redirects.ts';
import type { Notifier } from '../webhooks/notifier.ts';
import type { CallQueues } from './memory/call-queues.ts';
import type { FactCache } from './memory/fact-cache.ts';
import type { GraceTimers } from './memory/grace-timers.ts';
import type { SettlementSignal } from './memory/settlement-signal.ts';
import type { Withdrawals } from './memory/withdrawals.ts';
import type { WriteBehind } from './memory/write-behind.ts';

/** Writes calls together with the notifications of the change. */
export interface CallWriter {
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly operationIndex: OperationIndex;
  /** Keeps the index up to date behind the writes of calls. */
  readonly writeBehind: WriteBehind;
  readonly callQueues: CallQueues;
  readonly notifier: Notifier;
  /** Gives back what a call that is over holds of the counted limits, or waits for. */
  readonly freeSlot: (callId: string) => Promise<void>;
  /** Takes what a call that was over, and is live after all, holds of the counted limits. */
  readonly holdSlot: (call: CallRecord) => Promise<void>;
  /** Notifies a sequence of an event. It never fails: a sequence also reads its calls at intervals. */
  readonly wake: (sequenceId: string) => Promise<void>;
  readonly now: () => string;
  readonly log: Log;
  /** For work that outlives its invocation. */
  readonly backgroundLog: Log;
}

/** Finds the call that a recording is of. */
export interface RecordingLookup {
  readonly calls: CallStore;
  readonly recordingIndex: RecordingIndex;
  /** The calls of recordings, cached. */
  readonly recordingCalls: FactCache;
}

/** Settles operations, at once or when the grace period of a presumed outcome is over. */
export interface Settler extends CallWriter {
  readonly settlementSignal: SettlementSignal;
  readonly graceTimers: GraceTimers;
  /** How long a presumed outcome waits for stronger evidence before it is published. */
  readonly presumedOutcomeGraceMs: number;
}

/** Stores what ACS reports of a call, and the outcomes that follow from it. */
export interface EventWriter extends Settler, RecordingLookup {
  readonly connections: FactCache;
}

/** Reads a call at ACS. */
export interface AcsReader {
  readonly acs: CallAutomationClient;
  readonly acsTimeoutSeconds: number;
  readonly now: () => string;
}

/** Reads a call at ACS and settles the operations that the read proves or refutes. */
export interface Reconciler extends Settler, AcsReader {}

/** Starts the sequence that sends the digits of an operation once that has succeeded. It is safe to repeat. */
export type StartDigits = (intent: Intent, digits: DigitsToSend) => Promise<void>;

/** Performs commands: it needs everything that reading, writing and reconciling need. */
export interface Ledger extends EventWriter, Reconciler {
  readonly withdrawals: Withdrawals;
  readonly startDigits: StartDigits;
  /** Deletes a recording's archive and ACS's copy. */
  readonly eraseRecording: (recording: RecordingRecord) => Promise<void>;
  readonly inputErrors: CheckInput;
  /** Start failed streams again; see restart-streams.ts. */
  readonly restartTimers: GraceTimers;
  readonly redirects: RedirectStore;
  readonly limits: KnownLimits;
  /** The slots of the counted limits; see commands/queue.ts. */
  readonly slots: Slots;
  /** Look after the operations that wait for a slot. */
  readonly queueTimers: GraceTimers;
  readonly callbackUrl: (callId: string) => string;
  readonly cognitiveServicesEndpoint: string | undefined;
  readonly ringWindowSeconds: number;
  readonly repeatWindowSeconds: number;
}
