/**
 * The log of events over all calls, in the order in which they were logged. An event has two rows, written by one transaction:
 * one by its time in the log, one by its id. A redelivered event meets the latter and is not logged again.
 */
import { createHash } from 'node:crypto';
import type { TransactionAction } from '@azure/data-tables';
import type { CloudEvent } from '../webhooks/cloud-event.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { type KeyRange, keysWith, type RowPage, readRange } from './page.ts';
import { removeRows } from './row-removal.ts';
import { openTable, rowsPerTransaction, type StorageSettings } from './tables.ts';

export type EventLog = ReturnType<typeof openEventLog>;

/** All rows share a partition: a transaction needs that, and an event that is logged days later still meets its id. */
const partition = 'events';

/** Events in one transaction: each has two rows. */
const mostEvents = rowsPerTransaction / 2;

/** Opens the log. Rows become readable `settleSeconds` after the time in their key, when no slower write can precede them. */
export function openEventLog(settings: StorageSettings, tablePrefix: string, settleSeconds: number) {
  const table = openTable(settings, `${tablePrefix}eventLog`);

  /** The time of a key is taken when its request is made, so that a row is late by one request at most. */
  function write(events: readonly CloudEvent[]) {
    return table.run((client) => {
      const now = Date.now();
      return client.submitTransaction(events.flatMap((event, at) => rowsOf(event, positionOf(event, now, at))));
    });
  }

  return {
    /** Logs events in their order, each once: one transaction, and one for each event when one of them was logged before. */
    async append(events: readonly CloudEvent[]): Promise<void> {
      for (let first = 0; first < events.length; first += mostEvents) {
        const some = events.slice(first, first + mostEvents);
        if ((await write(some)) === 'exists' && some.length > 1) {
          for (const event of some) {
            await write([event]);
          }
        }
      }
    },

    /** The position after everything that was logged until a time; without one, before everything. */
    positionAt(time: string | undefined): string {
      return time === undefined ? 'at:' : `at:${timeKey(Date.parse(time))}:~`;
    },

    /** The position of an event; undefined when the log has none of this id. Of one that two calls share, the first. */
    async positionOf(eventId: string): Promise<string | undefined> {
      const range = keysWith(`id:${toKey(eventId)}:`);
      const { items } = await readRange(table, partition, range, mostEvents, undefined, fromEntity<Logged>);
      return items.map(({ position }) => position).sort()[0];
    },

    /** One page of what was logged after a position, the oldest first. */
    page(after: string, limit: number, position: string | undefined): Promise<RowPage<CloudEvent>> {
      const below = `at:${timeKey(Date.now() - settleSeconds * 1000)}`;
      return readRange(table, partition, { above: after, below }, limit, position, fromEntity<CloudEvent>);
    },

    /** One page of all that is logged, settled or not, in the order of the log. */
    all(limit: number, position: string | undefined): Promise<RowPage<CloudEvent>> {
      return readRange(table, partition, keysWith('at:'), limit, position, fromEntity<CloudEvent>);
    },

    /** Removes events, each by its position. */
    async remove(events: readonly (readonly [position: string, event: CloudEvent])[]): Promise<void> {
      await removeRows(
        table,
        partition,
        events.flatMap(([position, event]) => [position, idKey(event)]),
      );
    },

    /** Removes what was logged before a time: a read and a transaction for each 50 events. */
    async purge(before: string): Promise<void> {
      const range: KeyRange = { above: 'at:', below: `at:${timeKey(Date.parse(before))}` };
      for (;;) {
        const { items, positions } = await readRange(
          table,
          partition,
          range,
          mostEvents,
          undefined,
          fromEntity<CloudEvent>,
        );
        if (items.length === 0) {
          return;
        }
        const keys = [...positions, ...items.map(idKey)];
        await removeRows(table, partition, keys);
      }
    },
  };
}

/** What the row of an event's id holds. */
interface Logged {
  readonly position: string;
}

function rowsOf(event: CloudEvent, position: string): TransactionAction[] {
  const logged: Logged = { position };
  return [
    ['create', toEntity(partition, idKey(event), logged)],
    ['create', toEntity(partition, position, event)],
  ];
}

/** The time in the log, then the order within a transaction, then what makes the key unique. */
function positionOf(event: CloudEvent, nowMs: number, at: number): string {
  return `at:${timeKey(nowMs)}:${String(at).padStart(2, '0')}:${digestOf(event.source, event.id)}`;
}

/** An id is unique within its source: an event of Event Grid is notified of under the same id for each leg of the call. */
function idKey({ id, source }: CloudEvent): string {
  return `id:${toKey(id)}:${digestOf(source, id)}`;
}

function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

function timeKey(ms: number): string {
  return String(ms).padStart(13, '0');
}
