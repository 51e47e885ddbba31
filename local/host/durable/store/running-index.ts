/** Which instances run: all that a start of the host has to read. Written many at a time. */

import type { TableClient, TransactionAction } from '@azure/data-tables';
import { conflict, type Persist } from './persist.ts';
import { partitionOf } from './rows.ts';

/** One partition, so that a transaction can hold rows of many instances. */
const partitionKey = 'running';
const largestTransaction = 100;

interface Change {
  readonly id: string;
  readonly write: 'upsert' | 'delete';
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class RunningIndex {
  readonly #table: TableClient;
  readonly #persist: Persist;
  readonly #queue: Change[] = [];
  #isWriting = false;

  constructor(table: TableClient, persist: Persist) {
    this.#table = table;
    this.#persist = persist;
  }

  /** Resolves once it is stored that the instance runs. */
  add(id: string): Promise<void> {
    return this.#enqueue(id, 'upsert');
  }

  remove(id: string): Promise<void> {
    return this.#enqueue(id, 'delete');
  }

  async ids(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { instanceId } of this.#table.listEntities<{ instanceId: string }>()) {
      ids.push(instanceId);
    }
    return ids;
  }

  #enqueue(id: string, write: Change['write']): Promise<void> {
    return new Promise((done, failed) => {
      this.#queue.push({ id, write, done, failed });
      void this.#work();
    });
  }

  /** What is asked for while a transaction is on its way goes together into the next. */
  async #work(): Promise<void> {
    if (this.#isWriting) {
      return;
    }
    this.#isWriting = true;
    for (let changes = this.#next(); changes.length > 0; changes = this.#next()) {
      await this.#write(changes).then(
        () => changes.map(({ done }) => done()),
        (error: unknown) => changes.map(({ failed }) => failed(error)),
      );
    }
    this.#isWriting = false;
  }

  /** The oldest changes, as many as fit: a transaction may change a row only once. */
  #next(): Change[] {
    const ids = this.#queue.map(({ id }) => id);
    const repeated = ids.findIndex((id, index) => ids.indexOf(id) < index);
    return this.#queue.splice(0, Math.min(repeated === -1 ? ids.length : repeated, largestTransaction));
  }

  /** A transaction that deletes what is gone fails as a whole: then each change is made alone. */
  async #write(changes: readonly Change[]): Promise<void> {
    const outcome = await this.#persist(() => this.#table.submitTransaction(changes.map(toAction)));
    if (outcome !== conflict) {
      return;
    }
    for (const change of changes) {
      await this.#persist(() => this.#table.submitTransaction([toAction(change)]));
    }
  }
}

function toAction({ id, write }: Change): TransactionAction {
  const key = { partitionKey, rowKey: partitionOf(id) };
  return write === 'upsert' ? [write, { ...key, instanceId: id }] : [write, key];
}
