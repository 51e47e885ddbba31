/**
 * The rows of sequences. Partition = sequence: `plan`, which never changes, and `state`, which is written under its ETag by
 * every process that advances or cancels the sequence. The index has four lists: all by age, those of a call by age, the open
 * ones, and the ended ones by the time of their end.
 */
import type { TransactionAction } from '@azure/data-tables';
import type { Plan, State } from '../sequences/interpreter/state.ts';
import { fromEntity, newestFirst, toEntity, toKey } from './document.ts';
import { keysWith, type RowPage, readRange } from './page.ts';
import { type Period, timeRange } from './postings.ts';
import { removeRows } from './row-removal.ts';
import { isRefusal, openTable, type Refusal, type StorageSettings } from './tables.ts';

/** An entry of the index. */
export interface IndexedSequence {
  readonly sequenceId: string;
  readonly createdAt: string;
  /** The call that it was started for. */
  readonly callId?: string | undefined;
}

/** A sequence that has ended, with the time of its end. */
export interface EndedSequence extends IndexedSequence {
  readonly overSince: string;
}

/** A state as it was read or written: its ETag makes the next write conditional. */
export interface StoredState {
  readonly state: State;
  readonly etag: string;
}

/** A plan, and the digest of the request that it was made from. */
export interface StoredPlan {
  readonly plan: Plan;
  readonly fingerprint: string;
}

export type SequenceStore = ReturnType<typeof openSequences>;

const index = 'sequences';

/** Opens the sequences. Every method but `unlist` and `remove` is one storage transaction. */
export function openSequences(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}sequences`);
  const indexTable = openTable(settings, `${tablePrefix}sequenceIndex`);

  return {
    /** Writes a new sequence; `exists` when its id is taken. */
    async create({ plan, fingerprint }: StoredPlan, state: State): Promise<Refusal | 'written'> {
      const rows: TransactionAction[] = [
        ['create', toEntity(toKey(plan.sequenceId), 'plan', { plan, fingerprint })],
        ['create', toEntity(toKey(plan.sequenceId), 'state', state)],
      ];
      const outcome = await table.run((client) => client.submitTransaction(rows));
      return isRefusal(outcome) ? outcome : 'written';
    },

    async readPlan(sequenceId: string): Promise<StoredPlan | undefined> {
      const entity = await table.run((client) => client.getEntity(toKey(sequenceId), 'plan'));
      return isRefusal(entity) ? undefined : fromEntity<StoredPlan>(entity);
    },

    async readState(sequenceId: string): Promise<StoredState | undefined> {
      const entity = await table.run((client) => client.getEntity(toKey(sequenceId), 'state'));
      return isRefusal(entity) ? undefined : { state: fromEntity<State>(entity), etag: entity.etag };
    },

    /** The ETag of the written state; a refusal on a write conflict. */
    async writeState(sequenceId: string, { state, etag }: StoredState): Promise<{ readonly etag: string } | Refusal> {
      const row = toEntity(toKey(sequenceId), 'state', state);
      const outcome = await table.run((client) => client.updateEntity(row, 'Replace', { etag }));
      return isRefusal(outcome) ? outcome : { etag: String(outcome.etag) };
    },

    /** Adds a sequence to the lists of all, of its call, and of open ones. */
    async list({ sequenceId, createdAt, callId }: IndexedSequence): Promise<void> {
      const row = { sequenceId, createdAt, ...(callId !== undefined && { callId }) };
      const keys = [...ageKeys(row), `open:${sequenceId}`];
      const rows = keys.map((key): TransactionAction => ['upsert', toEntity(index, key, row), 'Replace']);
      await indexTable.run((client) => client.submitTransaction(rows));
    },

    /** One page of the sequences that were started within a period, newest first: all, or those of a call. */
    listRecent(
      callId: string | undefined,
      period: Period,
      limit: number,
      position: string | undefined,
    ): Promise<RowPage<IndexedSequence>> {
      const range = timeRange(callId === undefined ? 'recent:' : callPrefix(callId), 'newest', period);
      return readRange(indexTable, index, range, limit, position, fromEntity<IndexedSequence>);
    },

    /** One page of those that have not ended. */
    listOpen(limit: number, position: string | undefined): Promise<RowPage<IndexedSequence>> {
      return readRange(indexTable, index, keysWith('open:'), limit, position, fromEntity<IndexedSequence>);
    },

    /** Moves a sequence from the open ones to the ended ones, where retention finds it. */
    async close(ended: EndedSequence): Promise<void> {
      const rows: TransactionAction[] = [
        ['upsert', toEntity(index, overKey(ended), ended), 'Replace'],
        ['delete', { partitionKey: index, rowKey: `open:${ended.sequenceId}` }],
      ];
      await indexTable.run((client) => client.submitTransaction(rows));
    },

    /** The sequences that ended first. */
    async listOver(limit: number): Promise<readonly EndedSequence[]> {
      const page = await readRange(indexTable, index, keysWith('over:'), limit, undefined, fromEntity<EndedSequence>);
      return page.items;
    },

    /** Removes the entries of a start that found the sequence started by another. */
    async unlist(start: IndexedSequence): Promise<void> {
      for (const key of ageKeys(start)) {
        await indexTable.run((client) => client.deleteEntity(index, key));
      }
    },

    /** Removes the rows of a sequence, its index entries last, so that it can be repeated. Returns the number of rows. */
    async remove(ended: EndedSequence): Promise<number> {
      const partitionKey = toKey(ended.sequenceId);
      const rows = ['plan', 'state'];
      await removeRows(table, partitionKey, rows);
      const keys = [...ageKeys(ended), overKey(ended)];
      for (const key of keys) {
        await indexTable.run((client) => client.deleteEntity(index, key));
      }
      return rows.length + keys.length;
    },
  };
}

const callPrefix = (callId: string) => `call:${callId}:`;

/** The keys in the lists by age. */
function ageKeys({ sequenceId, createdAt, callId }: IndexedSequence): string[] {
  const prefixes = ['recent:', ...(callId === undefined ? [] : [callPrefix(callId)])];
  return prefixes.map((prefix) => `${prefix}${newestFirst(createdAt)}:${sequenceId}`);
}

function overKey({ sequenceId, overSince }: EndedSequence): string {
  return `over:${overSince}:${sequenceId}`;
}
