/**
 * Runs the writers of one call on this instance one after another. The row's ETag alone keeps them correct; the queue saves
 * the reads and writes that a write conflict costs.
 */

export interface CallQueues {
  /** Runs the work after all earlier work for the same key. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function openCallQueues(): CallQueues {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const result = (last.get(key) ?? Promise.resolve()).then(work, work);
      last.set(key, result);
      const remove = () => {
        if (last.get(key) === result) {
          last.delete(key);
        }
      };
      result.then(remove, remove);
      return result;
    },
  };
}
