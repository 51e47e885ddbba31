/** The index of recordings: the call of each, newest first, and those that are not in the archive yet. It holds ids only. */
import type { TransactionAction } from '@azure/data-tables';
import { fromEntity, newestFirst, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

/** What a row points at. */
export interface IndexedRecording {
  readonly recordingId: string;
  readonly callId: string;
  readonly createdAt: string;
}

export type RecordingIndex = ReturnType<typeof openRecordingIndex>;

const partition = 'recordings';

/** Opens the index. Every method is one storage transaction. */
export function openRecordingIndex(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}recordingIndex`);

  async function read(recordingId: string): Promise<IndexedRecording | undefined> {
    const entity = await table.run((client) => client.getEntity(partition, toKey(`id:${recordingId}`)));
    return isRefusal(entity) ? undefined : fromEntity<IndexedRecording>(entity);
  }

  return {
    /** Adds a recording; idempotent. */
    async add(recording: IndexedRecording): Promise<void> {
      const { recordingId, createdAt } = recording;
      const keys = [`id:${recordingId}`, `open:${recordingId}`, `recent:${newestFirst(createdAt)}:${recordingId}`];
      const rows = keys.map((key): TransactionAction => ['upsert', toEntity(partition, key, recording), 'Replace']);
      await table.run((client) => client.submitTransaction(rows));
    },

    /** The call that a recording is of. */
    async callOf(recordingId: string): Promise<string | undefined> {
      return (await read(recordingId))?.callId;
    },

    /** One page of a list. */
    list(kind: 'recent' | 'open', limit: number, cursor: string | undefined) {
      return readPage<IndexedRecording>(table, partition, `${kind}:`, limit, cursor);
    },

    /** Removes a recording; last the row by which it is found. */
    async remove(recordingId: string): Promise<void> {
      const known = await read(recordingId);
      const recent = known ? [`recent:${newestFirst(known.createdAt)}:${recordingId}`] : [];
      for (const key of [...recent, `open:${recordingId}`, `id:${recordingId}`]) {
        await table.run((client) => client.deleteEntity(partition, key));
      }
    },

    /** Takes a recording off the open ones. */
    async close(recordingId: string): Promise<void> {
      await table.run((client) => client.deleteEntity(partition, `open:${recordingId}`));
    },
  };
}
