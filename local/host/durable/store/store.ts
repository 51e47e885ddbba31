/** Where instances are kept: Table Storage, a row each, and Blob Storage for what is too long for it. */

import { randomUUID } from 'node:crypto';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { HistoryEvent } from '../history.ts';
import type { Instance } from '../instance.ts';
import type { LargeValues } from './large-values.ts';
import { conflict, type Persist } from './persist.ts';
import { changeRow } from './row-change.ts';
import {
  type Columns,
  columnsOf,
  eventsIn,
  idInKey,
  instanceIn,
  type Key,
  keyOf,
  ownColumns,
  pageKeyOf,
} from './rows.ts';
import type { Transactions } from './transactions.ts';

/** An instance as it is in storage. */
export interface Stored {
  readonly instance: Instance;
  /** Of the current execution. */
  readonly history: readonly HistoryEvent[];
  /** Its row as it is there. */
  readonly columns: Columns;
  readonly etag: string;
}

export interface StoreSetup {
  readonly table: TableClient;
  readonly transactions: Transactions;
  readonly largeValues: LargeValues;
  readonly persist: Persist;
}

export class InstanceStore {
  readonly #setup: StoreSetup;

  constructor(setup: StoreSetup) {
    this.#setup = setup;
  }

  /** Reads an instance with the history of its current execution; undefined when there is none. */
  async load(id: string): Promise<Stored | undefined> {
    const row = await this.#read(keyOf(id));
    if (row === undefined) {
      return undefined;
    }
    const { largeValues } = this.#setup;
    const restored = await largeValues.restore(row.columns);
    const instance = instanceIn(restored);
    const pages = await this.#pages(instance, row.columns);
    const texts = await Promise.all(pages.map((page) => largeValues.restore(page)));
    return { instance, history: [...texts, restored].flatMap(eventsIn), ...row };
  }

  /**
   * Writes what an episode came to, at once, if the instance is still as it was `before` (undefined: not there). Resolves
   * with what is stored now, or with undefined when another process was faster.
   */
  async commit(
    before: Stored | undefined,
    instance: Instance,
    events: readonly HistoryEvent[],
  ): Promise<Stored | undefined> {
    const continued = before?.instance.executionId === instance.executionId ? before : undefined;
    const commitId = randomUUID();
    const changed = await this.#shortened(instance, { ...changes(continued?.instance, instance), commitId });
    const { text } = await this.#shortened(instance, { text: JSON.stringify(events) });
    const { columns, written, page } = changeRow(
      continued?.columns,
      changed,
      events.length > 0 ? String(text) : undefined,
    );
    const row = { ...(written ?? columns), ...keyOf(instance.id) };
    const actions: TransactionAction[] = [
      before === undefined ? ['create', row] : ['update', row, written ? 'Merge' : 'Replace', { etag: before.etag }],
    ];
    if (page !== undefined) {
      actions.push(['create', { ...page, ...pageKeyOf(instance, Number(columns.pageCount) - 1) }]);
    }
    const etag = await this.#submit(actions, keyOf(instance.id), commitId);
    const history = [...(continued?.history ?? []), ...events.map((event) => ({ ...event, IsPlayed: true }))];
    return etag === undefined ? undefined : { instance, history, columns, etag };
  }

  /** Deletes what an execution has left besides the row: full pages of its history, and large values. */
  async discard({ instance, columns }: Stored): Promise<void> {
    const { largeValues, transactions } = this.#setup;
    const pages = await this.#pages(instance, columns);
    for (const one of [columns, ...pages]) {
      await largeValues.delete(one);
    }
    for (const [page] of pages.entries()) {
      await transactions.submit([['delete', pageKeyOf(instance, page)]]);
    }
  }

  /** Deletes all there is of an instance, its row first, so that none refers to what is gone. False when it is not there. */
  async purge(id: string): Promise<boolean> {
    const stored = await this.load(id);
    if (stored === undefined) {
      return false;
    }
    const outcome = await this.#setup.transactions.submit([['delete', keyOf(id)]]);
    await this.discard(stored);
    return outcome !== conflict;
  }

  /** A conflict may be with our own transaction, whose acknowledgement was lost. */
  async #submit(actions: TransactionAction[], key: Key, commitId: string): Promise<string | undefined> {
    const tags = await this.#setup.transactions.submit(actions);
    if (tags !== conflict) {
      return tags[0];
    }
    const row = await this.#read(key);
    return row?.columns.commitId === commitId ? row.etag : undefined;
  }

  async #shortened({ id, executionId }: Instance, columns: Columns): Promise<Columns> {
    const { largeValues, persist } = this.#setup;
    const shortened = await persist(() => largeValues.shorten(columns, `${idInKey(id)}/${executionId}`));
    if (shortened === conflict) {
      throw new Error(`The container for large values of instance "${id}" is being deleted.`);
    }
    return shortened;
  }

  async #pages(instance: Instance, { pageCount }: Columns): Promise<Columns[]> {
    const keys = Array.from({ length: Number(pageCount) }, (_, page) => pageKeyOf(instance, page));
    const rows = await Promise.all(keys.map((key) => this.#read(key)));
    return rows.map((row) => row?.columns ?? {});
  }

  async #read({ partitionKey, rowKey }: Key): Promise<{ columns: Columns; etag: string } | undefined> {
    const { persist, table } = this.#setup;
    const row = await persist(() => table.getEntity<Columns>(partitionKey, rowKey));
    if (row === conflict) {
      return undefined;
    }
    return { columns: ownColumns(row), etag: row.etag };
  }
}

/** The columns that differ. */
function changes(before: Instance | undefined, after: Instance): Columns {
  const old = before === undefined ? {} : columnsOf(before);
  return Object.fromEntries(Object.entries(columnsOf(after)).filter(([name, value]) => value !== old[name]));
}
