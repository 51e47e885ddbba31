/** The ledger: what the effects around the pure core share. Made once, in app.ts. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { Log } from '../log.ts';
import type { CallIndex } from '../storage/call-index.ts';
import type { CallStore } from '../storage/calls.ts';
import type { Connections } from './connections.ts';
import type { Settledness } from './settledness.ts';
import type { Turns } from './turns.ts';

/** The parts and the named limits that performing, settling and reading need. */
export interface Ledger {
  readonly acs: CallAutomationClient;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly connections: Connections;
  readonly settledness: Settledness;
  readonly turns: Turns;
  readonly callbackUrl: (callId: string) => string;
  readonly cognitiveServicesEndpoint: string | undefined;
  readonly acsTimeoutSeconds: number;
  readonly ringWindowSeconds: number;
  readonly repeatWindowSeconds: number;
  readonly now: () => string;
  readonly log: Log;
}
