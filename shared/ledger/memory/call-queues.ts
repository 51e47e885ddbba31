/**
 * Lets the writers of one call on this instance go one after the other. The row's tag alone keeps them correct; taking
 * turns spares the reads and writes that a lost race costs.
 */

export interface CallQueues {
  /** Runs the work when the work that came before it, for the same key, is done. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function openCallQueues(): CallQueues {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
      last.set(key, turn);
      const forget = () => {
        if (last.get(key) === turn) {
          last.delete(key);
        }
      };
      turn.then(forget, forget);
      return turn;
    },
  };
}
