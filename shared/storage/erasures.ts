/**
 * The rows of erasures. Partition = erasure: `job`, written under its ETag by whichever process works on it, and `call:{id}` for
 * each call that it has found. An index lists all by age, and those with work left.
 */
import type { TransactionAction } from '@azure/data-tables';
import type { Counts, ErasureRecord, Kept } from '../erasure/erasure.ts';
import type { IndexedOver } from './call-index-rows.ts';
import { fromEntity, newestFirst, toEntity, toKey } from './document.ts';
import { readAll, readPage } from './page.ts';
import { removeRows } from './row-removal.ts';
import { isRefusal, openTable, type Refusal, rowsPerTransaction, type StorageSettings } from './tables.ts';

export interface StoredErasure {
  readonly record: ErasureRecord;
  readonly etag: string;
}

/**
 * A call that an erasure has found. What the receipt says of it, and `entry`, is stored before its removal, so that a crash
 * leaves no row of the index.
 */
export interface FoundCall {
  readonly callId: string;
  readonly entry?: IndexedOver;
  readonly counts?: Counts;
  readonly kept?: readonly Kept[];
  readonly isRemoved?: true;
}

export interface IndexedErasure {
  readonly erasureId: string;
  readonly createdAt: string;
}

export type ErasureStore = ReturnType<typeof openErasures>;

const [index, job] = ['erasures', 'job'];

/** Opens the erasures. Every method is one storage transaction, unless it says otherwise. */
export function openErasures(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}erasures`);

  return {
    /** Lists and stores a new erasure, two transactions; `exists` when its id is taken. */
    async create(record: ErasureRecord): Promise<Refusal | 'written'> {
      const { erasureId, createdAt } = record;
      const keys = [`recent:${newestFirst(createdAt)}:${erasureId}`, `open:${erasureId}`];
      const rows = keys.map(
        (key): TransactionAction => ['upsert', toEntity(index, key, { erasureId, createdAt }), 'Replace'],
      );
      await table.run((client) => client.submitTransaction(rows));
      const written = await table.run((client) => client.createEntity(toEntity(toKey(erasureId), job, record)));
      return isRefusal(written) ? written : 'written';
    },

    async read(erasureId: string): Promise<StoredErasure | undefined> {
      const entity = await table.run((client) => client.getEntity(toKey(erasureId), job));
      return isRefusal(entity) ? undefined : { record: fromEntity<ErasureRecord>(entity), etag: entity.etag };
    },

    /** The ETag of what was written; a refusal on a write conflict. */
    async write({ record, etag }: StoredErasure): Promise<StoredErasure | Refusal> {
      const row = toEntity(toKey(record.erasureId), job, record);
      const written = await table.run((client) => client.updateEntity(row, 'Replace', { etag }));
      return isRefusal(written) ? written : { record, etag: String(written.etag) };
    },

    /** One page of a list. */
    page(kind: 'recent' | 'open', limit: number, position: string | undefined) {
      return readPage<IndexedErasure>(table, index, `${kind}:`, limit, position);
    },

    /** Takes an erasure off those with work left. */
    async close(erasureId: string): Promise<void> {
      await table.run((client) => client.deleteEntity(index, `open:${erasureId}`));
    },

    /** Stores calls that were found; how many of them are new. A transaction for each. */
    async addCalls(erasureId: string, callIds: readonly string[]): Promise<number> {
      let added = 0;
      for (const callId of callIds) {
        const row = toEntity(toKey(erasureId), callKey(callId), { callId });
        added += isRefusal(await table.run((client) => client.createEntity(row))) ? 0 : 1;
      }
      return added;
    },

    /** Stores what is known of a call. */
    async putCall(erasureId: string, call: FoundCall): Promise<void> {
      const row = toEntity(toKey(erasureId), callKey(call.callId), call);
      await table.run((client) => client.upsertEntity(row, 'Replace'));
    },

    /** One page of the calls that it has found. */
    calls(erasureId: string, limit: number, position: string | undefined) {
      return readPage<FoundCall>(table, toKey(erasureId), callPrefix, limit, position);
    },

    /** Every call that it has found, in pages. */
    allCalls(erasureId: string): Promise<readonly FoundCall[]> {
      return readAll((limit, position) => this.calls(erasureId, limit, position));
    },

    /** Removes the calls that it has found: the receipt does not name them. A read and a transaction for each hundred. */
    async removeCalls(erasureId: string): Promise<void> {
      for (;;) {
        const { positions } = await this.calls(erasureId, rowsPerTransaction, undefined);
        if (positions.length === 0) {
          return;
        }
        await removeRows(table, toKey(erasureId), positions);
      }
    },
  };
}

const callPrefix = 'call:';

function callKey(callId: string): string {
  return toKey(`${callPrefix}${callId}`);
}
