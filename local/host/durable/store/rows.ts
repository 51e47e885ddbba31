/**
 * The rows of a task hub, all in one partition. An instance has one row: what is known of it, and the events of each
 * episode in a column of their own, so that an episode changes one row. Azure uses another layout.
 */

import type { HistoryEvent, RaisedEvent } from '../history.ts';
import type { Instance, Parent } from '../instance.ts';

export type Columns = Record<string, string | number>;

export type Key = {
  readonly partitionKey: string;
  readonly rowKey: string;
};

const partitionKey = 'hub';

/** Separates the parts of a key; `idInKey` leaves none in an id. */
const separator = '~';

export function keyOf(instanceId: string): Key {
  return { partitionKey, rowKey: idInKey(instanceId) };
}

/** The row to which the oldest events go once the instance's own is full; pages are counted from 0. */
export function pageKeyOf({ id, executionId }: Instance, page: number): Key {
  return { partitionKey, rowKey: [idInKey(id), executionId, page].join(separator) };
}

/** Keys hold neither `/ \ # ?` nor control characters; `^` stands for the percent sign, which would be encoded again. */
export function idInKey(instanceId: string): string {
  const escaped = encodeURIComponent(instanceId).replace(
    /['~]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return escaped.replaceAll('%', '^');
}

/** The column of an episode's events. */
export function eventColumn(episode: number): string {
  return `events${String(episode).padStart(6, '0')}`;
}

/** The columns that hold events. */
export function eventColumnsIn(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => /^events\d+$/.test(name)));
}

/** A row without what storage adds to it. */
export function ownColumns(row: object): Columns {
  const added = ['partitionKey', 'rowKey', 'etag', 'timestamp', 'odata.metadata'];
  return Object.fromEntries(Object.entries(row).filter(([name]) => !added.includes(name)));
}

/** The columns of an instance, without its events. */
export function columnsOf({ parent, version, carried, ...rest }: Instance): Columns {
  return {
    ...rest,
    carried: JSON.stringify(carried),
    ...(version !== undefined && { version }),
    ...(parent && { parent: JSON.stringify(parent) }),
  };
}

/** The instance in the columns of its row. */
export function instanceIn(columns: Columns): Instance {
  const text = (name: string) => String(columns[name]);
  return {
    id: text('id'),
    name: text('name'),
    executionId: text('executionId'),
    generation: Number(columns.generation),
    status: text('status') as Instance['status'],
    createdAt: text('createdAt'),
    updatedAt: text('updatedAt'),
    input: text('input'),
    output: text('output'),
    customStatus: text('customStatus'),
    carried: JSON.parse(text('carried')) as RaisedEvent[],
    ...(columns.version !== undefined && { version: text('version') }),
    ...(columns.parent !== undefined && { parent: JSON.parse(text('parent')) as Parent }),
  };
}

/** The events in the columns of a row, in their order; what is read from storage has been played. */
export function eventsIn(columns: Columns): HistoryEvent[] {
  const texts = Object.entries(eventColumnsIn(columns)).sort(([one], [other]) => (one < other ? -1 : 1));
  const events = texts.flatMap(([, text]) => JSON.parse(String(text)) as HistoryEvent[]);
  return events.map((event) => ({ ...event, IsPlayed: true }));
}
