/** Runs work once per key in this process, however many deliveries ask for it at the same time. */
import { openFactCache } from './ledger/memory/fact-cache.ts';

export interface Once {
  /**
   * Does the work of a key, unless it has been done in this process; a request that comes while another does it waits for
   * that one, and does the work itself if that one fails. Resolves to whether this request did it.
   */
  run(key: string, work: () => Promise<void>): Promise<boolean>;
}

/** Knows the newest keys only: the work must do no harm when it is done again, as another instance may do it anyway. */
export function openOnce(): Once {
  const done = openFactCache();
  const running = new Map<string, Promise<void>>();
  return {
    async run(key, work) {
      for (let other = running.get(key); other; other = running.get(key)) {
        // A failure is reported by the delivery that does the work.
        await Promise.allSettled([other]);
      }
      if (done.get(key) !== undefined) {
        return false;
      }
      const own = work();
      running.set(key, own);
      try {
        await own;
        done.add(key, 'done');
        return true;
      } finally {
        running.delete(key);
      }
    },
  };
}
