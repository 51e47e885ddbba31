/** The composition root: makes an app of its settings. Importing it does nothing, and one process can have several apps. */
import type { InvocationContext } from '@azure/functions';
import { openAcs } from './acs/client/client.ts';
import { type CallbackTokenVerifier, openCallbackTokens } from './acs/webhook-token.ts';
import { openBackpressure, type Paced } from './backpressure.ts';
import type { Config } from './config.ts';
import type { GridMessage } from './ledger/events/grid-call-event.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openCallQueues } from './ledger/memory/call-queues.ts';
import { openFactCache } from './ledger/memory/fact-cache.ts';
import { openGraceTimers } from './ledger/memory/grace-timers.ts';
import { openSettlementSignal } from './ledger/memory/settlement-signal.ts';
import { openWithdrawals } from './ledger/memory/withdrawals.ts';
import type { Retention } from './ledger/upkeep/retention.ts';
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
import { openCallIndex } from './storage/call-index.ts';
import { openCallRemoval } from './storage/call-removal.ts';
import { openCalls } from './storage/calls.ts';
import { openBlobFolder } from './storage/containers.ts';
import { openStorageCheck } from './storage/health.ts';
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
import type { Deliverer } from './webhooks/deliver.ts';
import { type Notifications, openNotifications } from './webhooks/notifications.ts';

/** An app: what its triggers are registered with, and what lives as long as the process. */
export interface App {
  /** The names of its queues in this environment. */
  readonly queueNames: Readonly<Record<AppQueue, string>>;
  /** The topic of Event Grid's events; any when undefined. */
  readonly eventTopic: string | undefined;
  /** The app as one invocation uses it: it logs there, and reaches Durable Functions by that invocation's client. */
  during(context: InvocationContext): Invocation;
  /** Runs work that a client waits for: storage has a limited time for all of it. */
  whileClientWaits<T>(work: () => Promise<T>): Promise<T>;
}

/** What a trigger's work needs. */
export interface Invocation {
  readonly ledger: Ledger;
  readonly routing: Routing;
  readonly sequences: Sequences;
  readonly recovery: RecoveryWindow;
  /** The sequences that this invocation has woken. */
  readonly woken: ReadonlySet<string>;
  readonly archive: Archive;
  readonly retention: Retention;
  readonly webhooks: Notifications;
  readonly deliverer: Deliverer;
  /** The queue on which Event Grid's events of a call wait for the call. */
  readonly callEvents: Queue<GridMessage>;
  /** Keeps the text of a message that cannot be read, on the poison queue of its queue. */
  readonly poison: Readonly<Record<AppQueue, (text: string) => Promise<void>>>;
  readonly verifyCallback: CallbackTokenVerifier;
  /** Sends a body at the pace of the client of this invocation. */
  readonly paced: Paced;
  /** The services of storage that do not work. */
  readonly checkStorage: ReturnType<typeof openStorageCheck>;
  /** The largest `Prefer: wait` that is granted. */
  readonly maxWaitSeconds: number;
  /** The public URL of a path below the API. */
  readonly urlOf: (path: string) => string;
}

/** Makes an app, with clients of its own. They connect when they are first used. */
export function createApp(config: Config): App {
  const urlOf = (path: string) => `${config.publicBaseUrl}/api/${path}`;
  const acs = openAcs(config.acs, config.acsTimeoutSeconds);
  const archive = openArchive(config, acs);
  const pacedFor = openBackpressure(config.recordings.readerSeconds);
  const webhooks = openNotifications(config);
  const calls = openCalls(config.storage, config.tablePrefix);
  const ledger: Omit<Ledger, 'log' | 'startDigits' | 'wake'> = {
    acs,
    calls,
    withdrawals: openWithdrawals(calls.withdraw, config.repeatWindowSeconds),
    index: openCallIndex(config.storage, config.tablePrefix, config.hasGridCallEvents),
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
    maxRedirects: config.maxRedirects,
    inputErrors: (schema, input) => [
      ...notifyUrlNames.flatMap((path) =>
        webhooks.notifier.notifyUrlErrors(input[path]).map((error) => ({ ...error, path })),
      ),
      ...(config.allowTeamsInterop ? [] : notSupportedErrors(schema, input)),
    ],
    callbackUrl: (callId) => urlOf(`callbacks/${callId}`),
    cognitiveServicesEndpoint: config.cognitiveServicesEndpoint,
    acsTimeoutSeconds: config.acsTimeoutSeconds,
    ringWindowSeconds: config.ringWindowSeconds,
    repeatWindowSeconds: config.repeatWindowSeconds,
    presumedOutcomeGraceMs: config.presumedOutcomeGraceMs,
    now: () => new Date().toISOString(),
    backgroundLog: createLog(processSink),
  };
  const sequences: Omit<Sequences, keyof SequenceClient> = {
    store: openSequences(config.storage, config.tablePrefix),
    plans: openPlanCache(),
    recheckSeconds: config.sequenceRecheckSeconds,
  };
  const parts: Omit<Invocation, 'ledger' | 'sequences' | 'woken' | 'deliverer' | 'paced'> = {
    webhooks,
    recovery: openRecoveryWindow(config.sequenceRecoverySeconds),
    routing: {
      rules: openRoutingRules(config.storage, config.tablePrefix),
      defaultAction: routingRuleInput.shape.action.parse({ kind: config.incomingDefaultAction }),
      once: openOnce(),
    },
    archive,
    callEvents: openQueue(config.storage, queueName(config.tablePrefix, 'call-events')),
    retention: { removal: openCallRemoval(config.storage, config.tablePrefix), days: config.retentionDays },
    poison: forEachQueue((queue) => openTextQueue(config.storage, poisonQueueName(config.tablePrefix, queue))),
    verifyCallback: openCallbackTokens(config.callbackToken),
    checkStorage: openStorageCheck(
      config.storage,
      config.tablePrefix,
      openBlobFolder(config.storage, archiveUrlOf(config)).container,
    ),
    maxWaitSeconds: config.maxWaitSeconds,
    urlOf,
  };
  return {
    queueNames: forEachQueue((queue) => queueName(config.tablePrefix, queue)),
    eventTopic: config.eventTopic,
    whileClientWaits: (work) => whileClientWaits(timeoutMsOf(config.storage), work),
    during(context) {
      const log = createLog(sinkOf(context));
      const client = sequenceClient(context);
      const woken = new Set<string>();
      const ofInvocation = { ...sequences, ...client };
      return {
        ...parts,
        woken,
        paced: pacedFor(context.invocationId),
        ledger: {
          ...ledger,
          log,
          wake: openWake(client, log, woken),
          startDigits: (intent, digits) => sendDigitsAfter({ ...ledger, log }, ofInvocation, intent, digits),
        },
        sequences: ofInvocation,
        deliverer: { ...webhooks.deliverer, log },
      };
    },
  };
}

function forEachQueue<T>(make: (queue: AppQueue) => T): Readonly<Record<AppQueue, T>> {
  return Object.fromEntries(appQueues.map((queue) => [queue, make(queue)])) as Record<AppQueue, T>;
}
