/** The composition root: makes an app of its settings. Importing it does nothing, and one process can have several apps. */
import type { InvocationContext } from '@azure/functions';
import { type ApiKeys, type Authentication, openAuthentication } from './access/authentication.ts';
import { anonymousCaller, type Caller } from './access/caller.ts';
import { openAcs } from './acs/client/client.ts';
import { type CallbackTokenVerifier, openCallbackTokens } from './acs/webhook-token.ts';
import { type Client, openBackpressure } from './backpressure.ts';
import type { Config } from './config.ts';
import { sealingRules, sealingSequences } from './encryption/documents.ts';
import { openEncryption } from './encryption/encryption.ts';
import { wrappingKeyOf } from './encryption/settings.ts';
import { type ErasureParts, openErasureParts } from './erasure/parts.ts';
import type { Undelivered } from './erasure/remove-undelivered.ts';
import { openRetention } from './erasure/retention-parts.ts';
import type { StreamSettings } from './http/event-stream.ts';
import { freeSlot, holdSlot } from './ledger/commands/queue.ts';
import type { GridMessage } from './ledger/events/grid-call-event.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openCallQueues } from './ledger/memory/call-queues.ts';
import { openFactCache } from './ledger/memory/fact-cache.ts';
import { openGraceTimers } from './ledger/memory/grace-timers.ts';
import { openSettlementSignal } from './ledger/memory/settlement-signal.ts';
import { openWithdrawals } from './ledger/memory/withdrawals.ts';
import { openWriteBehind } from './ledger/memory/write-behind.ts';
import { type CallFeeds, notifyingReaders, openCallFeeds } from './ledger/reads/call-feeds.ts';
import type { Retention } from './ledger/upkeep/retention.ts';
import { limitErrors } from './limits/limit-errors.ts';
import { openLimitParts } from './limits/parts.ts';
import { createLog, processSink, sinkOf } from './log.ts';
import { openOnce } from './once.ts';
import { notifyUrlNames } from './operations/fields/aliases.ts';
import { notSupportedErrors } from './operations/fields/people.ts';
import { eraseRecording } from './recordings/erase.ts';
import { type Archive, archiveUrlOf, openArchive } from './recordings/open-archive.ts';
import type { Routing } from './routing/route-call.ts';
import { routingRuleInput } from './routing/rule.ts';
import { openWake, sequenceClient } from './sequences/runtime/client.ts';
import { sendDigitsAfter } from './sequences/runtime/digits-follow-up.ts';
import { openRecoveryWindow, type RecoveryWindow } from './sequences/runtime/recovery.ts';
import { openPlanCache, type SequenceClient, type Sequences } from './sequences/runtime/sequences.ts';
import { type AuditTrail, openAuditTrail } from './storage/audit.ts';
import { callIndexTable, openCallIndex } from './storage/call-index.ts';
import { openCalls } from './storage/calls.ts';
import { openBlobFolder } from './storage/containers.ts';
import { openDataKeys } from './storage/data-keys.ts';
import { openStorageCheck } from './storage/health.ts';
import { type KeyedHash, openKeyedHash } from './storage/keyed-hash.ts';
import { openOperationIndex } from './storage/operation-index.ts';
import {
  type AppQueue,
  appQueues,
  openQueue,
  openTextQueue,
  poisonQueueName,
  type Queue,
  queueName,
} from './storage/queues.ts';
import { openRecordingIndex } from './storage/recording-index.ts';
import { openRedirects } from './storage/redirects.ts';
import { openRoutingRules } from './storage/routing-rules.ts';
import { openSequences } from './storage/sequences.ts';
import { timeoutMsOf } from './storage/tables.ts';
import { whileClientWaits } from './storage-time.ts';
import { inputUrlErrors } from './urls/input-urls.ts';
import type { Deliverer } from './webhooks/deliver.ts';
import { type Notifications, openNotifications } from './webhooks/notifications.ts';

/** An app: what its triggers are registered with, and what lives as long as the process. */
export interface App {
  /** The names of its queues in this environment. */
  readonly queueNames: Readonly<Record<AppQueue, string>>;
  /** The topic of Event Grid's events; any when undefined. */
  readonly eventTopic: string | undefined;
  /** The origins whose scripts may call the API. */
  readonly corsOrigins: readonly string[];
  /** Loads what the app must have before it serves. Rejects when its settings name a key that it cannot use. */
  start(): Promise<void>;
  /** The app as one invocation uses it: it logs there, and reaches Durable Functions by that invocation's client. */
  during(context: InvocationContext): Invocation;
  /** Runs work that a client waits for: storage has a limited time for all of it. */
  whileClientWaits<T>(work: () => Promise<T>): Promise<T>;
}

/** What a trigger's work needs. */
export interface Invocation extends Client {
  /** Who sends the request; no one where there is none, as for events and timers. */
  readonly caller: Caller;
  readonly invocationId: string;
  /** The audit trail; undefined where none is kept. */
  readonly audit: AuditTrail | undefined;
  /** Identifies the caller of a request by its headers. */
  readonly identify: Authentication['identify'];
  readonly ledger: Ledger;
  readonly routing: Routing;
  readonly sequences: Sequences;
  readonly recovery: RecoveryWindow;
  /** The sequences that this invocation has woken. */
  readonly woken: ReadonlySet<string>;
  readonly archive: Archive;
  readonly retention: Retention & Undelivered;
  readonly erasures: ErasureParts;
  readonly webhooks: Notifications;
  readonly deliverer: Deliverer;
  /** The queue on which Event Grid's events of a call wait for the call. */
  readonly callEvents: Queue<GridMessage>;
  /** Keeps the text of a message that cannot be read, on the poison queue of its queue. */
  readonly poison: Readonly<Record<AppQueue, (text: string) => Promise<void>>>;
  readonly verifyCallback: CallbackTokenVerifier;
  readonly apiKeys: ApiKeys;
  readonly feeds: CallFeeds;
  readonly streams: StreamSettings;
  /** The services of storage that do not work. */
  readonly checkStorage: ReturnType<typeof openStorageCheck>;
  /** The largest `Prefer: wait` that is granted. */
  readonly maxWaitSeconds: number;
  /** Signs the cursors of lists with the key of the deployment. */
  readonly signCursor: KeyedHash;
  /** The public URL of a path below the API. */
  readonly urlOf: (path: string) => string;
}

/** Makes an app, with clients of its own. They connect when they are first used. */
export function createApp(config: Config): App {
  const urlOf = (path: string) => `${config.publicBaseUrl}/api/${path}`;
  const acs = openAcs(config.acs, config.acsTimeoutSeconds);
  const archive = openArchive(config, acs);
  const clientOf = openBackpressure(config.recordings.readerSeconds);
  const backgroundLog = createLog(processSink);
  const encryption = openEncryption({
    rows: openDataKeys(config.storage, config.tablePrefix),
    wrappingKey: wrappingKeyOf(config.encryption),
    log: backgroundLog,
    now: Date.now,
  });
  const webhooks = openNotifications(config, encryption);
  const stored = openCalls(config.storage, config.tablePrefix);
  const index = openCallIndex(config.storage, config.tablePrefix, config.hasGridCallEvents);
  const feeds = openCallFeeds(stored, index, config.streams.pollMs);
  const calls = notifyingReaders(stored, feeds);
  const limitParts = openLimitParts(config);
  const ledger: Omit<Ledger, 'freeSlot' | 'holdSlot' | 'log' | 'startDigits' | 'wake'> = {
    acs,
    calls,
    withdrawals: openWithdrawals(calls.withdraw, config.repeatWindowSeconds),
    index,
    operationIndex: openOperationIndex(config.storage, config.tablePrefix),
    writeBehind: openWriteBehind(),
    connections: openFactCache(),
    recordingIndex: openRecordingIndex(config.storage, config.tablePrefix),
    recordingCalls: openFactCache(),
    settlementSignal: openSettlementSignal(),
    callQueues: openCallQueues(),
    graceTimers: openGraceTimers(),
    restartTimers: openGraceTimers(),
    eraseRecording: (recording) => eraseRecording(archive.archive, archive.sources, recording),
    notifier: webhooks.notifier,
    redirects: openRedirects(config.storage, config.tablePrefix),
    ...limitParts,
    inputErrors: (schema, input) => [
      ...notifyUrlNames.flatMap((path) =>
        webhooks.notifier.notifyUrlErrors(input[path]).map((error) => ({ ...error, path })),
      ),
      ...inputUrlErrors(config.urls, schema, input),
      ...(config.allowTeamsInterop ? [] : notSupportedErrors(schema, input)),
      ...limitErrors(schema, input, limitParts.limits.known),
    ],
    callbackUrl: (callId) => urlOf(`callbacks/${callId}`),
    cognitiveServicesEndpoint: config.cognitiveServicesEndpoint,
    acsTimeoutSeconds: config.acsTimeoutSeconds,
    ringWindowSeconds: config.ringWindowSeconds,
    repeatWindowSeconds: config.repeatWindowSeconds,
    presumedOutcomeGraceMs: config.presumedOutcomeGraceMs,
    now: () => new Date().toISOString(),
    backgroundLog,
  };
  const sequences: Omit<Sequences, keyof SequenceClient> = {
    store: sealingSequences(openSequences(config.storage, config.tablePrefix), encryption),
    plans: openPlanCache(),
    recheckSeconds: config.sequenceRecheckSeconds,
  };
  const erasures = openErasureParts(config);
  const parts: Omit<
    Invocation,
    'invocationId' | 'ledger' | 'erasures' | 'sequences' | 'woken' | 'deliverer' | keyof Client
  > = {
    caller: anonymousCaller,
    ...openAuthentication(config),
    audit: config.auditDays > 0 ? openAuditTrail(config.storage, config.tablePrefix, config.auditDays) : undefined,
    webhooks,
    recovery: openRecoveryWindow(config.sequenceRecoverySeconds),
    routing: {
      rules: sealingRules(openRoutingRules(config.storage, config.tablePrefix), encryption),
      defaultAction: routingRuleInput.shape.action.parse({ kind: config.incomingDefaultAction }),
      once: openOnce(),
      queue: openQueue(config.storage, queueName(config.tablePrefix, 'incoming-calls')),
    },
    archive,
    callEvents: openQueue(config.storage, queueName(config.tablePrefix, 'call-events')),
    retention: openRetention(config, erasures),
    poison: forEachQueue((queue) => openTextQueue(config.storage, poisonQueueName(config.tablePrefix, queue))),
    verifyCallback: openCallbackTokens(config.callbackToken),
    checkStorage: openStorageCheck(
      config.storage,
      config.tablePrefix,
      openBlobFolder(config.storage, archiveUrlOf(config)).container,
    ),
    maxWaitSeconds: config.maxWaitSeconds,
    signCursor: openKeyedHash(config.storage, callIndexTable(config.tablePrefix)),
    feeds,
    streams: config.streams,
    urlOf,
  };
  return {
    queueNames: forEachQueue((queue) => queueName(config.tablePrefix, queue)),
    eventTopic: config.eventTopic,
    corsOrigins: config.corsOrigins,
    start: encryption.start,
    whileClientWaits: (work) => whileClientWaits(timeoutMsOf(config.storage), work),
    during(context) {
      const log = createLog(sinkOf(context));
      const client = sequenceClient(context);
      const woken = new Set<string>();
      const ofInvocation = { ...sequences, ...client };
      const ofLedger: Ledger = {
        ...ledger,
        log,
        wake: openWake(client, log, woken),
        startDigits: (intent, digits) => sendDigitsAfter({ ...ledger, log }, ofInvocation, intent, digits),
        freeSlot: (callId) => freeSlot(ofLedger, callId),
        holdSlot: (call) => holdSlot(ofLedger, call),
      };
      return {
        ...parts,
        invocationId: context.invocationId,
        woken,
        ...clientOf(context.invocationId),
        ledger: ofLedger,
        erasures: { ...erasures, ledger: ofLedger, sequences: ofInvocation, rules: parts.routing.rules, archive },
        sequences: ofInvocation,
        deliverer: { ...webhooks.deliverer, log },
      };
    },
  };
}

function forEachQueue<T>(make: (queue: AppQueue) => T): Readonly<Record<AppQueue, T>> {
  return Object.fromEntries(appQueues.map((queue) => [queue, make(queue)])) as Record<AppQueue, T>;
}
