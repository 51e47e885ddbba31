/**
 * The ledger's rows. Partition = call: `call`, `operation:{id}` and `timeline:{…}`, so that one transaction writes an
 * event, the call and what it settles. Partition = operation: `intent`, which claims the operation's id. An operation
 * that makes a call lends the call its id, so that intent and call are written together as well.
 */
import type { TableTransaction, TransactionAction } from '@azure/data-tables';
import type { CallRecord } from '../calls/call.ts';
import type { Digit } from '../calls/continuous-dtmf.ts';
import { maskedInput, maskedResult } from '../calls/masking.ts';
import type { Intent, Progress } from '../calls/operation-life/operation-record.ts';
import type { Outcome } from '../calls/operation-life/outcome.ts';
import { type TimelineEntry, timelineKey } from '../calls/timeline.ts';
import type { OutboxMessage } from '../webhooks/outbox-message.ts';
import { fromEntity, fromProperties, toEntity, toKey, toProperties } from './document.ts';
import { openIntents } from './intents.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type Refusal, type StorageSettings } from './tables.ts';

/** A call as it was read or written: the ETag makes the next write conditional. */
export interface Stored {
  readonly record: CallRecord;
  readonly etag: string;
}

/** One transaction. With `event`, an event that is stored already refuses the whole change: `exists`. */
export interface Change {
  readonly call: Stored;
  /** ACS's response to an operation, which replaces its row. */
  readonly progress?: readonly [operationId: string, progress: Progress];
  /** Outcomes of operations, or when a presumed one settles them, beside the responses of ACS. */
  readonly settles?: readonly (readonly [operationId: string, outcome: Outcome | Pick<Progress, 'presumedUntil'>])[];
  readonly timeline?: readonly TimelineEntry[];
  readonly event?: TimelineEntry;
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

  return {
    /** The call, also one that only rings. */
    async readCall(callId: string): Promise<Stored | undefined> {
      const row = await read<CallRecord>(callId, 'call');
      return row && { record: row.value, etag: row.etag };
    },

    ...intents,

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
      event: TimelineEntry,
      outbox: OutboxMessages,
    ): Promise<Refusal | 'written'> {
      const partition = toKey(call.callId);
      const rows: TransactionAction[] = [
        ['create', toEntity(partition, 'call', call)],
        ['upsert', entryRow(partition, event), 'Replace'],
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

    /** The timeline in the order of time, a page at a time. */
    readTimeline(callId: string, limit: number, cursor: string | undefined) {
      return readPage<TimelineEntry>(table, toKey(callId), 'timeline:', limit, cursor);
    },
  };
}

/** The progress stored with ACS's response, and the outcome beside it, which may be there without a response. */
function progressOf(entity: object): Progress {
  const stored: Progress = { status: 'accepted', ...fromEntity<Partial<Progress>>(entity) };
  return { ...stored, ...fromProperties<Partial<Progress>>('outcome', entity) };
}

function rowsOf({
  call,
  progress,
  settles = [],
  timeline = [],
  event,
  digit,
  outbox = [],
}: Change): TransactionAction[] {
  const partition = toKey(call.record.callId);
  const rows: TableTransaction['actions'] = [
    ['update', toEntity(partition, 'call', call.record), 'Replace', { etag: call.etag }],
    ...settles.map(([id, outcome]): TransactionAction => {
      const row = { partitionKey: partition, rowKey: `operation:${id}`, ...toProperties('outcome', outcome) };
      return ['upsert', row, 'Merge'];
    }),
    ...timeline.map((one): TransactionAction => ['upsert', entryRow(partition, one), 'Replace']),
    ...outboxRows(partition, outbox),
  ];
  if (progress) {
    rows.push(['upsert', toEntity(partition, `operation:${progress[0]}`, progress[1]), 'Replace']);
  }
  if (digit) {
    const key = toKey(`digit:${digit.operationId}:${digit.eventId}`);
    rows.push(['upsert', toEntity(partition, key, digit), 'Replace']);
  }
  return event ? [['create', entryRow(partition, event)], ...rows] : rows;
}

function entryRow(partition: string, entry: TimelineEntry) {
  return toEntity(partition, toKey(`timeline:${timelineKey(entry)}`), entry);
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
