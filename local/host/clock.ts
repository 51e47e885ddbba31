/** Time as the host sees it: the system's, or one that a test turns by hand. */

import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Resolves to true once `delayMs` have passed, to false as soon as `signal` aborts. Never rejects. */
  sleep(delayMs: number, signal: AbortSignal): Promise<boolean>;
}

/** Node's timers hold 32 bits of milliseconds; longer sleeps are taken in hops. */
const longestDelayMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(delayMs, signal) {
    for (let remainingMs = delayMs; remainingMs > 0; remainingMs -= longestDelayMs) {
      if (!(await hop(Math.min(remainingMs, longestDelayMs), signal))) {
        return false;
      }
    }
    return !signal.aborted;
  },
};

async function hop(delayMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    return await delay(delayMs, true, { signal });
  } catch (error) {
    if (signal.aborted) {
      return false;
    }
    throw error;
  }
}

/** Waits until `work` settles, at most `limitMs`; the result says whether it did in time. Rejects when `work` does. */
export async function settlesWithin(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: isOverdue, resolve } = Promise.withResolvers<boolean>();
  const timer = limitMs <= longestDelayMs ? setTimeout(resolve, limitMs, false) : undefined;
  try {
    return await Promise.race([work.then(() => true), isOverdue]);
  } finally {
    clearTimeout(timer);
  }
}
