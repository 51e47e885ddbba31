/**
 * Work that follows a request and that no client waits for. Work of one key runs one after another, and work that still waits
 * is replaced by later work of its key. A failure is only reported, and a crash loses what still waits: only work that
 * housekeeping makes up for belongs here.
 */
import { withoutClient } from '../../storage-time.ts';

export interface WriteBehind {
  /** Starts the work, or has it follow the work of the key that runs. */
  run(key: string, work: () => Promise<void>, onFailure: (error: unknown) => void): void;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
}

export function openWriteBehind(): WriteBehind {
  const waiting = new Map<string, () => Promise<void>>();
  const running = new Map<string, Promise<void>>();

  async function runAll(key: string): Promise<void> {
    for (let next = waiting.get(key); next; next = waiting.get(key)) {
      waiting.delete(key);
      await next();
    }
    running.delete(key);
  }

  return {
    run(key, work, onFailure) {
      waiting.set(key, () => work().catch(onFailure));
      if (!running.has(key)) {
        running.set(
          key,
          withoutClient(() => runAll(key)),
        );
      }
    },
    async idle() {
      while (running.size > 0) {
        await Promise.all(running.values());
      }
    },
  };
}
