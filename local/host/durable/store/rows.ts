/**
 * The rows of an instance, all in one partition: `instance`, and one of history for every episode of its execution. So
 * an episode is one transaction. The layout is ours.
 */

import type { HistoryEvent, RaisedEvent } from '../history.ts';
import type { Instance, Parent } from '../instance.ts';

/** The key of the row that tells of the instance itself. */
export const instanceRow = 'instance';

export type Columns = Record<string, string | number>;

/** Keys hold neither `/ \ # ?` nor control characters; `^` stands for the percent sign, which would be encoded again. */
export function partitionOf(instanceId: string): string {
  return encodeURIComponent(instanceId).replaceAll('%', '^').replaceAll("'", '^27');
}

/** Sorts by generation, then by sequence, and before `instance`. */
export function historyRow(generation: number, sequence: number): string {
  return `history-${padded(generation)}-${padded(sequence)}`;
}

/** The columns of an instance. */
export function rowOf({ parent, version, carried, ...rest }: Instance): Columns {
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

/** The events of an episode; what is read from storage has been played. */
export function eventsIn({ events }: Columns): HistoryEvent[] {
  return (JSON.parse(String(events)) as HistoryEvent[]).map((event) => ({ ...event, IsPlayed: true }));
}

function padded(count: number): string {
  return String(count).padStart(9, '0');
}
