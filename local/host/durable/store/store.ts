/** Where instances are kept: Table Storage, one partition each, and Blob Storage for what is too long for it. */

import { randomUUID } from 'node:crypto';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { HistoryEvent } from '../history.ts';
import type { Instance } from '../instance.ts';
import type { LargeValues } from './large-values.ts';
import { conflict, type Persist } from './persist.ts';
import { type Columns, eventsIn, historyRow, instanceIn, instanceRow, partitionOf, rowOf } from './rows.ts';

/** An instance as it is in storage. */
export interface Stored {
  readonly instance: Instance;
  /** Of the current execution. */
  readonly history: readonly HistoryEvent[];
  /** How many rows hold the history. */
  readonly rowCount: number;
  readonly etag: string;
}

type Row = Columns & { readonly partitionKey: string; readonly rowKey: string; readonly etag: string };

const largestTransaction = 100;

export class InstanceStore {
  readonly #table: TableClient;
  readonly #largeValues: LargeValues;
  readonly #persist: Persist;

  constructor(table: TableClient, largeValues: LargeValues, persist: Persist) {
    this.#table = table;
    this.#largeValues = largeValues;
    this.#persist = persist;
  }

  /** Reads an instance with the history of its current execution; undefined when there is none. */
  async load(id: string): Promise<Stored | undefined> {
    const rows = await this.#rows(`PartitionKey eq '${partitionOf(id)}'`);
    const row = rows.find(({ rowKey }) => rowKey === instanceRow);
    if (row === undefined) {
      return undefined;
    }
    const instance = instanceIn(await this.#largeValues.restore(row));
    const current = rows.filter(({ rowKey }) => rowKey !== instanceRow && rowKey >= historyRow(instance.generation, 0));
    const texts = await Promise.all(current.map((one) => this.#largeValues.restore(one)));
    return { instance, history: texts.flatMap(eventsIn), rowCount: current.length, etag: row.etag };
  }

  /**
   * Writes what an episode came to, as one transaction, if the instance is still as it was `before` (undefined: not
   * there). Resolves with what is stored now, or with undefined when another process was faster.
   */
  async commit(
    before: Stored | undefined,
    instance: Instance,
    events: readonly HistoryEvent[],
  ): Promise<Stored | undefined> {
    const continued = before?.instance.executionId === instance.executionId ? before : undefined;
    const rowCount = continued?.rowCount ?? 0;
    const partitionKey = partitionOf(instance.id);
    const commitId = randomUUID();
    const columns = await this.#shortened(instance, changes(continued?.instance, instance));
    const row = { ...columns, partitionKey, rowKey: instanceRow, commitId };
    const actions: TransactionAction[] = [
      before === undefined
        ? ['create', row]
        : ['update', row, continued === undefined ? 'Replace' : 'Merge', { etag: before.etag }],
    ];
    if (events.length > 0) {
      const text = await this.#shortened(instance, { events: JSON.stringify(events) });
      actions.push(['create', { ...text, partitionKey, rowKey: historyRow(instance.generation, rowCount) }]);
    }
    const etag = await this.#submit(actions, partitionKey, commitId);
    const history = [...(continued?.history ?? []), ...events.map((event) => ({ ...event, IsPlayed: true }))];
    return etag === undefined ? undefined : { instance, history, rowCount: actions.length - 1 + rowCount, etag };
  }

  /** Deletes the histories of the executions before the current one. */
  async deletePast({ id, generation }: Instance): Promise<void> {
    await this.#delete(`PartitionKey eq '${partitionOf(id)}' and RowKey lt '${historyRow(generation, 0)}'`);
  }

  /** Deletes all there is of an instance. */
  async purge(id: string): Promise<void> {
    await this.#delete(`PartitionKey eq '${partitionOf(id)}'`);
  }

  /** A conflict may be with our own transaction, whose acknowledgement was lost. */
  async #submit(actions: TransactionAction[], partitionKey: string, commitId: string): Promise<string | undefined> {
    const answer = await this.#persist(() => this.#table.submitTransaction(actions));
    if (answer !== conflict) {
      return answer.subResponses[0]?.etag;
    }
    const row = await this.#persist(() => this.#table.getEntity<Columns>(partitionKey, instanceRow));
    return row !== conflict && row.commitId === commitId ? row.etag : undefined;
  }

  async #shortened({ id, generation }: Instance, columns: Columns): Promise<Columns> {
    const shortened = await this.#persist(() => this.#largeValues.shorten(columns, `${partitionOf(id)}/${generation}`));
    return shortened === conflict ? columns : shortened;
  }

  async #rows(filter: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this.#table.listEntities<Row>({ queryOptions: { filter } })) {
      rows.push(row);
    }
    return rows;
  }

  /** The row of the instance comes last: until it is gone, the rest can be found again. */
  async #delete(filter: string): Promise<void> {
    const rows = await this.#rows(filter);
    while (rows.length > 0) {
      const some = rows.splice(0, largestTransaction);
      await Promise.all(some.map((row) => this.#largeValues.delete(row)));
      await this.#persist(() =>
        this.#table.submitTransaction(some.map(({ partitionKey, rowKey }) => ['delete', { partitionKey, rowKey }])),
      );
    }
  }
}

/** The columns that differ. */
function changes(before: Instance | undefined, after: Instance): Columns {
  const old = before === undefined ? {} : rowOf(before);
  return Object.fromEntries(Object.entries(rowOf(after)).filter(([name, value]) => value !== old[name]));
}
