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

  /** Resolves once it is stored that the instance runs. */
  async add(instanceId: string): Promise<void> {
    await this.#transactions.submit([['upsert', { ...keyOf(instanceId), instanceId }]]);
  }

  /** What is gone already is no error. */
  async remove(instanceId: string): Promise<void> {
    await this.#transactions.submit([['delete', keyOf(instanceId)]]);
  }

  async ids(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { instanceId } of this.#table.listEntities<{ instanceId: string }>()) {
      ids.push(instanceId);
    }
    return ids;
  }
}
