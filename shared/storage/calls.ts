/**
 * The ledger's rows. Partition = call: `call`, `operation:{id}` and `timeline:{…}`, so that one transaction writes an
 * event, the call and what it settles. Partition = operation: `intent`, which claims the operation's id. An operation
 * that makes a call lends the call its id, so that intent and call are written together as well.
 */
import type { TableTransaction, TransactionAction } from '@azure/data-tables';
import { type CallRecord, newCallRecord } from '../calls/call.ts';
import type { Digit } from '../calls/continuous-dtmf.ts';
import type { RawEvent } from '../calls/event.ts';
import { maskedInput, maskedResult } from '../calls/masking.ts';
import type { Intent, Progress } from '../calls/operation-life/operation-record.ts';
import type { Outcome } from '../calls/operation-life/outcome.ts';
import { revisionOf } from '../calls/revision.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import type { OutboxMessage } from '../webhooks/outbox-message.ts';
import { progressOf } from './call-entities.ts';
import { fromEntity, toEntity, toKey, toProperties } from './document.ts';
import { openIntents } from './intents.ts';
import { listingRow, openOperationLists } from './operation-lists.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type Refusal, type StorageSettings } from './tables.ts';
import { entryRow, openTimeline } from './timeline-rows.ts';

/** A call as it was read or written: the ETag makes the next write conditional. */
export interface Stored {
  readonly record: CallRecord;
  readonly etag: string;
}

/** A call's row. One that an earlier version wrote may lack members; its participant ids then depend on the call's id. */
type StoredCall = Omit<CallRecord, 'salt'> & Partial<Pick<CallRecord, 'salt'>>;

/** One transaction. With `event`, an event that is stored already refuses the whole change: `exists`. */
export interface Change {
  readonly call: Stored;
  /** ACS's response to an operation, which replaces its row. */
  readonly progress?: readonly [operationId: string, progress: Progress];
  /** Outcomes of operations, or when a presumed one settles them, beside the responses of ACS. */
  readonly settles?: readonly (readonly [operationId: string, outcome: Outcome | Pick<Progress, 'presumedUntil'>])[];
  readonly timeline?: readonly TimelineEntry[];
  readonly event?: TimelineEntry;
  /** The event itself, kept beside its entry for the export of the call. */
  readonly raw?: RawEvent;
  /** The digit that the event reports. */
  readonly digit?: Digit;
  /** Notifications of the change, stored until the queue has them. */
  readonly outbox?: OutboxMessages;
}

/** Messages that are queued together; without messages there is no row. */
type OutboxMessages = readonly OutboxMessage[];

/** Messages that may not have been queued. */
export interface Outbox {
  readonly writtenAt: string;
  readonly messages: OutboxMessages;
}

/** An operation whose request to ACS was imminent and whose outcome has a subscriber. */
export interface PendingOperation {
  readonly operationId: string;
  readonly since: string;
}

export type CallStore = ReturnType<typeof openCalls>;

const covering = { masked: true } as const;

/** Digits that are removed at once. */
const digitsPerPage = 10;

/** A table transaction takes 100 rows, two for each operation that settles; the others settle with the next write. */
export const maxSettledPerWrite = 40;

/** The rows that a write has left for operations whose outcome it presumes; a reader of any other waits for its timer. */
export const maxPresumedPerWrite = 14;

/** Outbox rows hold whole events, and a crash leaves few of them. */
const outboxesPerRead = 50;

/** Opens the ledger. Every method is one storage transaction, except those that change an intent. */
export function openCalls(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}calls`);

  /** A row, or undefined when there is none. */
  async function read<T>(partition: string, row: string): Promise<{ value: T; etag: string } | undefined> {
    const entity = await table.run((client) => client.getEntity(toKey(partition), row));
    return isRefusal(entity) ? undefined : { value: fromEntity<T>(entity), etag: entity.etag };
  }

  const intents = openIntents(table);
  const operationLists = openOperationLists(table);

  return {
    /** The call, also one that only rings. */
    async readCall(callId: string): Promise<Stored | undefined> {
      const row = await read<StoredCall>(callId, 'call');
      return row && { record: newCallRecord({ ...row.value, salt: row.value.salt ?? callId }), etag: row.etag };
    },

    ...intents,
    listOperations: operationLists.page,
    listProgress: operationLists.progress,

    ...openTimeline(table),

    /** The operation's row; undefined until ACS's response or an event was stored. */
    async readProgress(callId: string, operationId: string): Promise<Progress | undefined> {
      const entity = await table.run((client) => client.getEntity(toKey(callId), `operation:${operationId}`));
      return isRefusal(entity) ? undefined : progressOf(entity);
    },

    /** Claims an operation's id, with the call that the operation makes, if it makes one. */
    async claim(intent: Intent, call?: CallRecord): Promise<{ readonly callEtag?: string | undefined } | Refusal> {
      const row = toEntity(toKey(intent.operationId), 'intent', intent);
      if (!call) {
        const outcome = await table.run((client) => client.createEntity(row));
        return isRefusal(outcome) ? outcome : {};
      }
      const rows: TransactionAction[] = [
        ['create', row],
        ['create', toEntity(toKey(call.callId), 'call', call)],
      ];
      const outcome = await table.run((client) => client.submitTransaction(rows));
      if (isRefusal(outcome)) {
        return outcome;
      }
      return { callEtag: outcome.getResponseForEntity('call')?.etag };
    },

    /** Stores beside the call that an operation is requested of ACS: the intent cannot be found from the call. */
    async addPending(callId: string, asked: PendingOperation): Promise<void> {
      const row = toEntity(toKey(callId), `asked:${asked.operationId}`, asked);
      await table.run((client) => client.upsertEntity(row, 'Replace'));
    },

    /** The operations that `addPending` stored, by page. */
    readPending(callId: string, limit: number, cursor: string | undefined) {
      return readPage<PendingOperation>(table, toKey(callId), 'asked:', limit, cursor);
    },

    /** Stores an incoming call with its IncomingCall event. `exists` when it is stored already. */
    async insertIncomingCall(
      call: CallRecord,
      entries: readonly TimelineEntry[],
      outbox: OutboxMessages,
    ): Promise<Refusal | 'written'> {
      const partition = toKey(call.callId);
      const rows: TransactionAction[] = [
        ['create', toEntity(partition, 'call', call)],
        ...entries.map((one): TransactionAction => ['upsert', entryRow(partition, one, 0), 'Replace']),
        ...outboxRows(partition, outbox),
      ];
      const outcome = await table.run((client) => client.submitTransaction(rows));
      return isRefusal(outcome) ? outcome : 'written';
    },

    /** Writes a change whole or not at all: `changed` when the call's ETag is another, a write conflict. */
    async write(change: Change): Promise<Refusal | 'written'> {
      const outcome = await table.run((client) => client.submitTransaction(rowsOf(change)));
      return isRefusal(outcome) ? outcome : 'written';
    },

    /** Removes digits, speech and prompts from the input and the result of an operation that settled. */
    async cover(callId: string, operationId: string): Promise<void> {
      await intents.changeIntent(operationId, (intent) => ({ ...intent, input: maskedInput(intent.input, covering) }));
      const key = `operation:${operationId}`;
      const entity = await table.run((client) => client.getEntity(toKey(callId), key));
      if (!isRefusal(entity)) {
        const progress = progressOf(entity);
        const covered = { ...progress, ...(progress.result && { result: maskedResult(progress.result, covering) }) };
        const row = toEntity(toKey(callId), key, covered);
        await table.run((client) => client.updateEntity(row, 'Replace', { etag: entity.etag }));
      }
    },

    /** Removes the digits that were reported to an operation. */
    async removeDigits(callId: string, operationId: string): Promise<void> {
      const partition = toKey(callId);
      const prefix = `digit:${operationId}:`;
      let cursor: string | undefined;
      do {
        const page = await readPage<Digit>(table, partition, prefix, digitsPerPage, cursor);
        const keys = page.items.map(({ eventId }) => toKey(`${prefix}${eventId}`));
        await Promise.all(keys.map((key) => table.run((client) => client.deleteEntity(partition, key))));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    },

    /** The outbox of a call, its first page. */
    async readOutbox(callId: string): Promise<readonly Outbox[]> {
      return (await readPage<Outbox>(table, toKey(callId), 'outbox:', outboxesPerRead, undefined)).items;
    },

    /** Removes messages that were queued. */
    async clearOutbox(callId: string, messages: OutboxMessages): Promise<void> {
      await table.run((client) => client.deleteEntity(toKey(callId), outboxKey(messages)));
    },

    /** The digits that were reported to an operation, a page at a time. */
    readDigits(callId: string, operationId: string, limit: number, cursor: string | undefined) {
      return readPage<Digit>(table, toKey(callId), `digit:${operationId}:`, limit, cursor);
    },
  };
}

function rowsOf({
  call,
  progress,
  settles = [],
  timeline = [],
  event,
  raw,
  digit,
  outbox = [],
}: Change): TransactionAction[] {
  const partition = toKey(call.record.callId);
  const revision = revisionOf(call.record) + 1;
  const rows: TableTransaction['actions'] = [
    ['update', toEntity(partition, 'call', { ...call.record, revision }), 'Replace', { etag: call.etag }],
    ...settles.map(([id, outcome]): TransactionAction => {
      const row = { partitionKey: partition, rowKey: `operation:${id}`, ...toProperties('outcome', outcome) };
      return ['upsert', row, 'Merge'];
    }),
    ...timeline.map((one): TransactionAction => ['upsert', entryRow(partition, one, revision), 'Replace']),
    ...timeline.flatMap((one) => listingRow(partition, one)),
    ...outboxRows(partition, outbox),
  ];
  if (progress) {
    rows.push(['upsert', toEntity(partition, `operation:${progress[0]}`, progress[1]), 'Replace']);
  }
  if (digit) {
    const key = toKey(`digit:${digit.operationId}:${digit.eventId}`);
    rows.push(['upsert', toEntity(partition, key, digit), 'Replace']);
  }
  return event
    ? [['create', { ...entryRow(partition, event, revision), ...(raw && toProperties('raw', raw)) }], ...rows]
    : rows;
}

/** One row for all messages of a change, however many operations it settles. */
function outboxRows(partition: string, messages: OutboxMessages): TransactionAction[] {
  const box = { writtenAt: new Date().toISOString(), messages };
  return messages.length === 0 ? [] : [['upsert', toEntity(partition, outboxKey(messages), box), 'Replace']];
}

/** An event is in one outbox row only, so the first event's id names the row. */
function outboxKey([first]: OutboxMessages): string {
  return toKey(`outbox:${first?.event.id}`);
}
