/**
 * Limits concurrent deliveries per receiver, so that a slow or unreachable one cannot occupy the whole app. A delivery above
 * the limit waits briefly, because receivers usually respond quickly, and is then retried later.
 */

const deliveriesPerReceiver = 4;
const maxQueuedMs = 1000;

export interface ConcurrencyLimits {
  /** Runs the work within the receiver's limit; `busy` when no slot became free in time. */
  take<T>(receiver: string, work: () => Promise<T>): Promise<T | 'busy'>;
}

interface Receiver {
  busy: number;
  /** Resolvers of the deliveries that wait for a slot, the longest wait first. */
  readonly waiting: Set<() => void>;
}

export function openConcurrencyLimits(): ConcurrencyLimits {
  const receivers = new Map<string, Receiver>();
  return {
    async take(name, work) {
      const receiver = receivers.get(name) ?? { busy: 0, waiting: new Set() };
      receivers.set(name, receiver);
      if (receiver.busy < deliveriesPerReceiver) {
        receiver.busy += 1;
      } else if (!(await getsSlot(receiver))) {
        return 'busy';
      }
      try {
        return await work();
      } finally {
        leave(receiver);
        if (receiver.busy === 0) {
          receivers.delete(name);
        }
      }
    },
  };
}

/** Passes the slot to the delivery that has waited longest. */
function leave(receiver: Receiver): void {
  const [next] = receiver.waiting;
  if (next) {
    next();
  } else {
    receiver.busy -= 1;
  }
}

/** Waits for a slot to become free; false when none did in time. */
function getsSlot({ waiting }: Receiver): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isGiven: boolean) => {
      clearTimeout(timer);
      waiting.delete(give);
      resolve(isGiven);
    };
    const give = () => end(true);
    const timer = setTimeout(() => end(false), maxQueuedMs);
    waiting.add(give);
  });
}
