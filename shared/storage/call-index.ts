/**
 * The index behind lists and housekeeping: newest calls first, the calls that are not over yet, and those that are, the
 * longest first. It holds ids only.
 */
import type { TransactionAction } from '@azure/data-tables';
import type { CallRecord } from '../calls/call.ts';
import { newestFirst, toEntity } from './document.ts';
import { readPage } from './page.ts';
import { openTable, type StorageSettings } from './tables.ts';

/** What a row points at. */
export interface Indexed {
  readonly callId: string;
  readonly createdAt: string;
  /** When a call that was over was listed among the open ones again. */
  readonly reopenedAt?: string;
}

/** A call that is over, and since when. */
export interface IndexedOver extends Indexed {
  readonly overSince: string;
}

export type CallIndex = ReturnType<typeof openCallIndex>;

const partition = 'calls';

/** Opens the index. Every method is one storage transaction. */
export function openCallIndex(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}callIndex`);

  return {
    /** Lists a call from now on: among the calls, among the open ones, and among the incoming ones if it came in. */
    async add({ callId, createdAt, incoming }: CallRecord): Promise<void> {
      const row: Indexed = { callId, createdAt };
      const keys = [`recent:${newestFirst(createdAt)}:${callId}`, `open:${callId}`];
      const incomingKey = `incoming:${newestFirst(createdAt)}:${callId}`;
      const rows = (incoming ? [...keys, incomingKey] : keys).map(
        (key): TransactionAction => ['upsert', toEntity(partition, key, row), 'Replace'],
      );
      await table.run((client) => client.submitTransaction(rows));
    },

    /** One page of a list. */
    list(kind: 'recent' | 'incoming' | 'open', limit: number, cursor: string | undefined) {
      return readPage<Indexed>(table, partition, `${kind}:`, limit, cursor);
    },

    /** Lists an ended call for housekeeping again, because it has unsent messages or buffered events. */
    async reopen({ callId, createdAt }: CallRecord, reopenedAt: string): Promise<void> {
      const row: Indexed = { callId, createdAt, reopenedAt };
      await table.run((client) => client.upsertEntity(toEntity(partition, `open:${callId}`, row), 'Replace'));
    },

    /** The call has ended: housekeeping skips it until its retention is over. */
    async close(over: IndexedOver): Promise<void> {
      const rows: TransactionAction[] = [
        ['upsert', toEntity(partition, overKey(over), over), 'Replace'],
        ['delete', { partitionKey: partition, rowKey: `open:${over.callId}` }],
      ];
      await table.run((client) => client.submitTransaction(rows));
    },

    /** The calls that have been over for longest. */
    async listOver(limit: number): Promise<readonly IndexedOver[]> {
      return (await readPage<IndexedOver>(table, partition, 'over:', limit, undefined)).items;
    },

    /** Takes a call that is not there off the open ones. */
    async dropOpen(callId: string): Promise<void> {
      await table.run((client) => client.deleteEntity(partition, `open:${callId}`));
    },

    /** Takes a call off every list: last off the one by which it is found to be removed. */
    async remove(over: IndexedOver): Promise<void> {
      const { callId, createdAt } = over;
      const at = newestFirst(createdAt);
      for (const key of [`recent:${at}:${callId}`, `incoming:${at}:${callId}`, `open:${callId}`, overKey(over)]) {
        await table.run((client) => client.deleteEntity(partition, key));
      }
    },
  };
}

function overKey({ overSince, callId }: IndexedOver): string {
  return `over:${overSince}:${callId}`;
}
