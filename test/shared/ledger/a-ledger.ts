/** Builds a ledger over real storage, for tests of what no request can bring about at a chosen moment. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import * as z from 'zod';
import { openAcs } from '../../../shared/acs/client/client.ts';
import type { Intent } from '../../../shared/calls/operation-life/operation-record.ts';
import { freeSlot, holdSlot } from '../../../shared/ledger/commands/queue.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { openCallQueues } from '../../../shared/ledger/memory/call-queues.ts';
import { openFactCache } from '../../../shared/ledger/memory/fact-cache.ts';
import { openGraceTimers } from '../../../shared/ledger/memory/grace-timers.ts';
import { openSettlementSignal } from '../../../shared/ledger/memory/settlement-signal.ts';
import { openWithdrawals } from '../../../shared/ledger/memory/withdrawals.ts';
import { openWriteBehind } from '../../../shared/ledger/memory/write-behind.ts';
import { openLimits } from '../../../shared/limits/known-limits.ts';
import { openSlots } from '../../../shared/limits/open-slots.ts';
import { limitSettings, limitShape } from '../../../shared/limits/settings.ts';
import { createLog } from '../../../shared/log.ts';
import { openCallIndex } from '../../../shared/storage/call-index.ts';
import { openCalls } from '../../../shared/storage/calls.ts';
import { openLimitStore } from '../../../shared/storage/limits.ts';
import { openOperationIndex } from '../../../shared/storage/operation-index.ts';
import { openRecordingIndex } from '../../../shared/storage/recording-index.ts';
import { openRedirects } from '../../../shared/storage/redirects.ts';
import { openSlotStore } from '../../../shared/storage/slots.ts';

/** No server listens there. */
const nowhere = 'endpoint=http://127.0.0.1:1/;accesskey=a2V5';

/** The prefix of tables that no other test has. */
export const aPrefix = () => `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

/** A ledger with tables of its own, an ACS that does not respond and no grace period, unless `over` says otherwise. */
export function aLedger(over: Partial<Ledger> = {}, prefix = aPrefix()): Ledger {
  const storage = { connectionString: inject('storage') };
  const calls = openCalls(storage, prefix);
  const limits = openLimits(limitSettings(z.object(limitShape).parse({}), true), openLimitStore(storage, prefix));
  const now = () => new Date().toISOString();
  const ledger: Ledger = {
    acs: openAcs({ connectionString: nowhere, isLocal: true }, 1),
    calls,
    withdrawals: openWithdrawals(calls.withdraw, 300),
    index: openCallIndex(storage, prefix),
    operationIndex: openOperationIndex(storage, prefix),
    writeBehind: openWriteBehind(),
    connections: openFactCache(),
    recordingIndex: openRecordingIndex(storage, prefix),
    recordingCalls: openFactCache(),
    settlementSignal: openSettlementSignal(),
    callQueues: openCallQueues(),
    graceTimers: openGraceTimers(),
    restartTimers: openGraceTimers(),
    eraseRecording: async () => {},
    notifier: {
      address: async () => [],
      hasSettlementSubscriber: async () => false,
      send: async () => {},
      sealedUrl: async () => 'enc.key.text',
      notifyUrlErrors: () => [],
      sweepAfterSeconds: 60,
    },
    redirects: openRedirects(storage, prefix),
    limits,
    slots: openSlots(openSlotStore(storage, prefix), limits, over.now ?? now),
    queueTimers: openGraceTimers(),
    freeSlot: (callId) => freeSlot(ledger, callId),
    holdSlot: (call) => holdSlot(ledger, call),
    inputErrors: () => [],
    callbackUrl: (callId) => `http://127.0.0.1:1/api/callbacks/${callId}`,
    cognitiveServicesEndpoint: undefined,
    acsTimeoutSeconds: 1,
    ringWindowSeconds: 30,
    repeatWindowSeconds: 300,
    presumedOutcomeGraceMs: 0,
    now,
    wake: async () => {},
    startDigits: async () => {},
    log: createLog(() => {}),
    backgroundLog: createLog(() => {}),
    ...over,
  };
  return ledger;
}

/** An intent of a createCall, unless `over` says otherwise. */
export function anIntent(over: Partial<Intent> = {}): Intent {
  const operationId = over.operationId ?? randomUUID();
  const [createdAt, dueAt] = [new Date().toISOString(), '2200-01-01T00:00:00.000Z'];
  return {
    operationId,
    name: 'createCall',
    callId: operationId,
    fingerprint: '',
    attemptId: randomUUID(),
    createdAt,
    dueAt,
    input: {},
    about: [],
    ...over,
  };
}
