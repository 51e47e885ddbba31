/**
 * Writes to a table that is one partition. What is asked for while a transaction is on its way goes together into the
 * next: a thousand orchestrations cost little more requests than one.
 */

import type { TableClient, TransactionAction } from '@azure/data-tables';
import { conflict, type Persist } from './persist.ts';

/** Limits of a transaction: actions (documented), and characters, so that it stays well below 4 MB. */
const mostActions = 100;
const mostCharacters = 1_000_000;

/** The tags of the rows, in the order of the actions; none for a deleted row. */
type Tags = readonly (string | undefined)[];

interface Write {
  readonly actions: readonly TransactionAction[];
  readonly done: (outcome: Tags | typeof conflict) => void;
  readonly failed: (error: unknown) => void;
}

export class Transactions {
  readonly #table: TableClient;
  readonly #persist: Persist;
  readonly #queue: Write[] = [];
  #isWriting = false;

  constructor(table: TableClient, persist: Persist) {
    this.#table = table;
    this.#persist = persist;
  }

  /** Makes the changes, all or none. Resolves with `conflict` when a row was not as expected; see `Persist`. */
  submit(actions: readonly TransactionAction[]): Promise<Tags | typeof conflict> {
    return new Promise((done, failed) => {
      this.#queue.push({ actions, done, failed });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#isWriting) {
      return;
    }
    this.#isWriting = true;
    while (this.#queue.length > 0) {
      await this.#write(this.#next());
    }
    this.#isWriting = false;
  }

  /** The oldest writes, as many as fit: a transaction may change a row only once. */
  #next(): Write[] {
    const rows = new Set<string>();
    let characterCount = 0;
    const isFull = ({ actions }: Write) => {
      const keys = actions.map(([, { rowKey }]) => rowKey);
      const isOneTooMany = rows.size + keys.length > mostActions || keys.some((key) => rows.has(key));
      characterCount += lengthOf(actions);
      keys.map((key) => rows.add(key));
      return isOneTooMany || characterCount > mostCharacters;
    };
    const count = this.#queue.findIndex((write, index) => isFull(write) && index > 0);
    return this.#queue.splice(0, count === -1 ? this.#queue.length : count);
  }

  /** When one of several writes cannot be made, each is made alone, so that the others are. */
  async #write(writes: readonly Write[]): Promise<void> {
    const outcome = await this.#submit(writes.flatMap(({ actions }) => actions));
    if (outcome.tags === undefined && writes.length > 1) {
      for (const write of writes) {
        await this.#write([write]);
      }
      return;
    }
    const tags = [...(outcome.tags ?? [])];
    for (const { actions, done, failed } of writes) {
      if ('error' in outcome) {
        failed(outcome.error);
      } else {
        done(outcome.tags === undefined ? conflict : tags.splice(0, actions.length));
      }
    }
  }

  /** Without tags there was a conflict, or the error. */
  async #submit(actions: TransactionAction[]): Promise<{ tags?: Tags; error?: unknown }> {
    try {
      const answer = await this.#persist(() => this.#table.submitTransaction(actions));
      return answer === conflict ? {} : { tags: answer.subResponses.map(({ etag }) => etag) };
    } catch (error) {
      return { error };
    }
  }
}

function lengthOf(actions: readonly TransactionAction[]): number {
  return actions.flatMap(([, row]) => Object.values(row)).reduce<number>((sum, value) => sum + String(value).length, 0);
}
