/** Wakes requests that wait for an operation that settles on this instance. Only a hint: they also poll. */

export interface SettlementSignal {
  /** Resolves when the operation settles here, or after the time. */
  wait(operationId: string, milliseconds: number): Promise<void>;
  /** Wakes the requests that wait. */
  notify(operationId: string): void;
}

export function openSettlementSignal(): SettlementSignal {
  const waiting = new Map<string, Set<() => void>>();
  return {
    wait(operationId, milliseconds) {
      return new Promise((resolve) => {
        const waiters = waiting.get(operationId) ?? new Set();
        waiting.set(operationId, waiters);
        const done = () => {
          clearTimeout(timer);
          waiters.delete(done);
          if (waiters.size === 0) {
            waiting.delete(operationId);
          }
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        waiters.add(done);
      });
    },
    notify(operationId) {
      for (const wake of [...(waiting.get(operationId) ?? [])]) {
        wake();
      }
    },
  };
}
