/** The ledger: what the effects around the pure core share. Made once, in app.ts. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { RecordingRecord } from '../calls/recording/recording-record.ts';
import type { Log } from '../log.ts';
import type { CallIndex } from '../storage/call-index.ts';
import type { CallStore } from '../storage/calls.ts';
import type { RecordingIndex } from '../storage/recording-index.ts';
import type { Notifier } from '../webhooks/notifier.ts';
import type { CallQueues } from './memory/call-queues.ts';
import type { FactCache } from './memory/fact-cache.ts';
import type { SettlementSignal } from './memory/settlement-signal.ts';

/** The parts and the named limits that performing, settling and reading need. */
export interface Ledger {
  readonly acs: CallAutomationClient;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly connections: FactCache;
  readonly recordingIndex: RecordingIndex;
  /** The call of a recording. */
  readonly recordingCalls: FactCache;
  readonly settlementSignal: SettlementSignal;
  readonly callQueues: CallQueues;
  /** Deletes a recording's archive and ACS's copy. */
  readonly eraseRecording: (recording: RecordingRecord) => Promise<void>;
  readonly notifier: Notifier;
  /** Tells a sequence that something happened. It never fails: a sequence also looks by itself. */
  readonly wake: (sequenceId: string) => Promise<void>;
  readonly callbackUrl: (callId: string) => string;
  readonly cognitiveServicesEndpoint: string | undefined;
  readonly acsTimeoutSeconds: number;
  readonly ringWindowSeconds: number;
  readonly repeatWindowSeconds: number;
  readonly now: () => string;
  readonly log: Log;
}
