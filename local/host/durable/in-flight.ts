/** Work that nobody waits for: it is finished before the host stops, and a failure is in the log. */

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

  /** Resolves when all of it has ended, with what it has begun meanwhile. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) {
      await Promise.all(this.#work);
    }
  }
}
