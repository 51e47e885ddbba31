/** The index of recordings: the call of each, newest first, and those that are not in the archive yet. It holds ids only. */
import type { TransactionAction } from '@azure/data-tables';
import { fromEntity, newestFirst, toEntity, toKey } from './document.ts';
import { keysWith, type RowPage, readRange } from './page.ts';
import { type Period, timeRange } from './postings.ts';
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

    /** One page of the recordings that were made within a period, newest first. */
    listRecent(period: Period, limit: number, position: string | undefined): Promise<RowPage<IndexedRecording>> {
      const range = timeRange('recent:', 'newest', period);
      return readRange(table, partition, range, limit, position, fromEntity<IndexedRecording>);
    },

    /** One page of those that are not in the archive yet. */
    listOpen(limit: number, position: string | undefined): Promise<RowPage<IndexedRecording>> {
      return readRange(table, partition, keysWith('open:'), limit, position, fromEntity<IndexedRecording>);
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
