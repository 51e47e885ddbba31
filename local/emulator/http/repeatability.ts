/** Repeatable requests: the first answer under a Repeatability-Request-ID is kept and replayed, never a second call. */

import type { Clock } from '../clock.ts';

/** How long and how many answers are kept (chosen here; far more than a client's retries need). */
const KEEP_MS = 3600 * 1000;
const KEEP_ANSWERS = 10_000;

interface Kept<Result> {
  readonly atMs: number;
  readonly result: Promise<Result>;
}

export class Repeatability<Result> {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept<Result>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Performs the work for the first request under the key; later ones get its result, even while it is in progress. */
  async once(key: string, perform: () => Promise<Result>): Promise<{ result: Result; isReplay: boolean }> {
    this.#removeOld();
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      return { result: await kept.result, isReplay: true };
    }
    const result = perform();
    this.#kept.set(key, { atMs: this.#clock.now(), result });
    return { result: await result, isReplay: false };
  }

  // A Map keeps insertion order, so the oldest come first.
  #removeOld(): void {
    for (const [key, { atMs }] of this.#kept) {
      if (this.#kept.size <= KEEP_ANSWERS && atMs > this.#clock.now() - KEEP_MS) {
        return;
      }
      this.#kept.delete(key);
    }
  }
}
