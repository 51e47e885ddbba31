/**
 * Runs the writers of one call on this instance one after another. The row's ETag alone keeps them correct; the queue saves
 * the reads and writes that a write conflict costs.
 */

import { afterOthers } from '../../storage-time.ts';

export interface CallQueues {
  /** Runs the work after all earlier work for the same key. Throws the app's 503 when that takes longer than a client waits. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function openCallQueues(): CallQueues {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const earlier = last.get(key);
      const result = earlier !== undefined ? afterOthers(earlier).then(work) : work();
      // Work whose time is over while it waits lets the next wait for what it waited for.
      const end = Promise.allSettled([earlier, result]);
      last.set(key, end);
      void end.then(() => {
        if (last.get(key) === end) {
          last.delete(key);
        }
      });
      return result;
    },
  };
}
