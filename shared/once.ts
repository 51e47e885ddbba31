/** Runs work once per key in this process, although several deliveries request it at the same time. */
import { openFactCache } from './ledger/memory/fact-cache.ts';
import { afterOthers } from './storage-time.ts';

export interface Once {
  /**
   * Runs the work of a key unless it has succeeded in this process. A call that arrives while another runs waits for that
   * one, and runs the work itself if that one fails. Resolves to whether this call ran it.
   */
  run(key: string, work: () => Promise<void>): Promise<boolean>;
}

/** Only the newest keys are cached, and other instances have their own: the work must be idempotent. */
export function openOnce(): Once {
  const done = openFactCache();
  const running = new Map<string, Promise<void>>();
  return {
    async run(key, work) {
      for (let other = running.get(key); other; other = running.get(key)) {
        // A failure is reported by the delivery that does the work.
        await afterOthers(other);
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
