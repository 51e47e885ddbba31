/**
 * The timeline's rows of a call. Each has the revision of the call that it was written with: entries are listed by time, but
 * an event may arrive later than those that happened after it, so what is new can only be found by revision.
 */
import { odata } from '@azure/data-tables';
import { revisionOf } from '../calls/revision.ts';
import { type TimelineEntry, timelineKey } from '../calls/timeline.ts';
import { storyEntryOf } from './call-entities.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { keysWith, readPage, readRange } from './page.ts';
import type { Table } from './tables.ts';

/** An entry with its place among all changes of the call: by revision, then by key. */
export interface RevisedEntry {
  readonly revision: number;
  readonly key: string;
  readonly entry: TimelineEntry;
}

const prefix = 'timeline:';

export function entryRow(partition: string, entry: TimelineEntry, revision: number) {
  return { ...toEntity(partition, toKey(`${prefix}${timelineKey(entry)}`), entry), revision };
}

export function openTimeline(table: Table) {
  return {
    /** The timeline in the order of time, a page at a time. */
    readTimeline(callId: string, limit: number, cursor: string | undefined) {
      return readPage<TimelineEntry>(table, toKey(callId), prefix, limit, cursor);
    },

    /** The same with the events themselves. */
    readStory(callId: string, limit: number, cursor: string | undefined) {
      return readRange(table, toKey(callId), keysWith(prefix), limit, cursor, storyEntryOf);
    },

    /**
     * The entries that were written after a revision and not after another one, in the order in which they were written. The two
     * are at most `revisionsPerQuery` apart.
     */
    async readEntries(callId: string, after: number, upTo: number): Promise<readonly RevisedEntry[]> {
      const rows = odata`PartitionKey eq ${toKey(callId)} and RowKey gt ${prefix} and RowKey lt ${`${prefix}~`}`;
      const filter = `${rows} and revision gt ${after} and revision le ${upTo}`;
      const entries: RevisedEntry[] = [];
      await table.run(async (client) => {
        for await (const row of client.listEntities<{ revision?: number }>({ queryOptions: { filter } })) {
          const key = String(row.rowKey).slice(prefix.length);
          entries.push({ revision: revisionOf(row), key, entry: fromEntity<TimelineEntry>(row) });
        }
      });
      // Storage lists them in the order of their keys, which entries of one revision keep.
      return entries.sort((one, other) => one.revision - other.revision);
    },
  };
}
