/**
 * Keeps receivers apart: each has a few lanes, so that one which is slow or dead cannot take all of the app's attention.
 * A message that finds no lane waits a moment, because receivers are quick as a rule, and is then left for later.
 */

const lanesPerReceiver = 4;
const patienceMs = 1000;

export interface ConcurrencyLimits {
  /** Runs the work in a lane of the receiver; `busy` when none became free. */
  take<T>(receiver: string, work: () => Promise<T>): Promise<T | 'busy'>;
}

interface Receiver {
  busy: number;
  /** Those who wait for a lane, the longest first; called when they are given one. */
  readonly waiting: Set<() => void>;
}

export function openConcurrencyLimits(): ConcurrencyLimits {
  const receivers = new Map<string, Receiver>();
  return {
    async take(name, work) {
      const receiver = receivers.get(name) ?? { busy: 0, waiting: new Set() };
      receivers.set(name, receiver);
      if (receiver.busy < lanesPerReceiver) {
        receiver.busy += 1;
      } else if (!(await isGivenLane(receiver))) {
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

/** Gives the lane to the one who has waited longest. */
function leave(receiver: Receiver): void {
  const [next] = receiver.waiting;
  if (next) {
    next();
  } else {
    receiver.busy -= 1;
  }
}

/** Waits for a lane that somebody leaves; false when nobody did in time. */
function isGivenLane({ waiting }: Receiver): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isGiven: boolean) => {
      clearTimeout(timer);
      waiting.delete(give);
      resolve(isGiven);
    };
    const give = () => end(true);
    const timer = setTimeout(() => end(false), patienceMs);
    waiting.add(give);
  });
}
