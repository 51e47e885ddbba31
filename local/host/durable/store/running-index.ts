/** Which instances run, in a table of their own: all that a start of the host has to read. */

import type { TableClient } from '@azure/data-tables';
import { keyOf } from './rows.ts';
import type { Transactions } from './transactions.ts';

export class RunningIndex {
  readonly #table: TableClient;
  readonly #transactions: Transactions;

  constructor(table: TableClient, transactions: Transactions) {
    this.#table = table;
    this.#transactions = transactions;
  }

  /** Resolves once it is stored that nothing of these instances is in flight at the time, in ISO 8601. */
  async release(instanceIds: readonly string[], releasedAt: string): Promise<void> {
    await Promise.all(
      instanceIds.map((instanceId) =>
        this.#transactions.submit([['upsert', { ...keyOf(instanceId), instanceId, releasedAt }]]),
      ),
    );
  }

  /** Resolves once it is stored that the instance runs. */
  async add(instanceId: string): Promise<void> {
    await this.#transactions.submit([['upsert', { ...keyOf(instanceId), instanceId }]]);
  }

  /** What is gone already is no error. */
  async remove(instanceId: string): Promise<void> {
    await this.#transactions.submit([['delete', keyOf(instanceId)]]);
  }

  /** The instances that run, each with the time of its last release, if there was one. */
  async read(): Promise<ReadonlyMap<string, string | undefined>> {
    const running = new Map<string, string | undefined>();
    for await (const row of this.#table.listEntities<{ instanceId: string; releasedAt?: string }>()) {
      running.set(row.instanceId, row.releasedAt);
    }
    return running;
  }
}
