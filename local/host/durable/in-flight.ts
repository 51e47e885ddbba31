/** Work that is not awaited: it finishes before the host stops, and a failure is logged. */

import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';

export class InFlight {
  readonly #log: Log;
  readonly #work = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  add(work: Promise<unknown>): void {
    const looked: Promise<void> = work
      .then(
        () => {},
        (error: unknown) => this.#log('error', 'Host.Durable', messageOf(error)),
      )
      .finally(() => this.#work.delete(looked));
    this.#work.add(looked);
  }

  /** Resolves when all of it has ended, including work that it started meanwhile. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) {
      await Promise.all(this.#work);
    }
  }
}
