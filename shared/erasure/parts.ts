/** What erasures need, made of the settings: their rows, and the kinds that only they search. */
import type { Config } from '../config.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Archive } from '../recordings/open-archive.ts';
import type { Sequences } from '../sequences/runtime/sequences.ts';
import { type CallRemoval, openCallRemoval } from '../storage/call-removal.ts';
import { type DeadLetters, openDeadLetters } from '../storage/dead-letters.ts';
import { type ErasureStore, openErasures } from '../storage/erasures.ts';
import { type EventLog, openEventLog } from '../storage/event-log.ts';
import { type KeyedHash, openKeyedHash } from '../storage/keyed-hash.ts';
import { openQueueMessages, type QueueMessages } from '../storage/queue-messages.ts';
import type { RoutingRuleStore } from '../storage/routing-rules.ts';
import { openTableScan, type TableScan } from '../storage/table-scan.ts';
import { type DeliveryStore, openDeliveries } from '../storage/webhook-deliveries.ts';

/** The parts that are the same for every invocation. */
export interface Erasures {
  readonly store: ErasureStore;
  /** Hashes a person for the receipt. */
  readonly hash: KeyedHash;
  readonly removal: CallRemoval;
  /** Every row of the ledger; and the intents alone. */
  readonly ledgerRows: TableScan;
  readonly intents: TableScan;
  readonly sequenceRows: TableScan;
  readonly deliveryRows: TableScan;
  readonly deliveries: DeliveryStore;
  readonly eventLog: EventLog;
  readonly queues: QueueMessages;
  readonly deadLetters: DeadLetters;
  /** How long after a pass that found something the next one starts. */
  readonly settleSeconds: number;
}

/** What the steps of an erasure work with. */
export interface ErasureParts extends Erasures {
  readonly ledger: Ledger;
  readonly sequences: Sequences;
  readonly rules: RoutingRuleStore;
  readonly archive: Archive;
}

/** Opens the parts. No request is made before the first use. */
export function openErasureParts({ storage, tablePrefix, erasure }: Config): Erasures {
  return {
    store: openErasures(storage, tablePrefix),
    hash: openKeyedHash(storage, `${tablePrefix}callIndex`),
    removal: openCallRemoval(storage, tablePrefix),
    ledgerRows: openTableScan(storage, `${tablePrefix}calls`),
    intents: openTableScan(storage, `${tablePrefix}calls`, "RowKey eq 'intent'"),
    sequenceRows: openTableScan(storage, `${tablePrefix}sequences`),
    deliveryRows: openTableScan(storage, `${tablePrefix}webhookDeliveries`),
    deliveries: openDeliveries(storage, tablePrefix),
    eventLog: openEventLog(storage, tablePrefix, 0),
    queues: openQueueMessages(storage, tablePrefix),
    deadLetters: openDeadLetters(storage),
    settleSeconds: erasure.settleSeconds,
  };
}
