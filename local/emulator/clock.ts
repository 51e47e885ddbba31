/** The emulator's time: every timer belongs to a clock, which is real or advanced by a test. */

/** Stops a timer that has not fired yet; harmless afterwards. */
export type Cancel = () => void;

/** Work that a clock runs at its due time. */
type Task = () => void | Promise<void>;

export interface Clock {
  readonly mode: 'real' | 'manual';
  /** Milliseconds since the epoch, on this clock. */
  now(): number;
  /** Runs the task once, `delayMs` from now on this clock. */
  schedule(delayMs: number, task: Task): Cancel;
  /** Resolves `delayMs` from now, or at once when the clock is stopped. */
  wait(delayMs: number): Promise<void>;
  /** Drops every timer, takes no new one, and resolves every wait. */
  stop(): void;
}

/** A clock that moves only by `advance`. */
export interface ManualClock extends Clock {
  readonly mode: 'manual';
  /** Runs all work that falls due within `advanceMs`, one after the other in order, and resolves when it is done. */
  advance(advanceMs: number): Promise<void>;
}

/** The waits of a clock: each resolves by its timer or by `stop`. */
class Waiters {
  readonly #release = new Set<() => void>();
  #isStopped = false;

  wait(schedule: (task: Task) => Cancel): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isStopped) {
        return resolve();
      }
      const release = (): void => {
        this.#release.delete(release);
        resolve();
      };
      this.#release.add(release);
      schedule(release);
    });
  }

  stop(): void {
    this.#isStopped = true;
    for (const release of [...this.#release]) {
      release();
    }
  }
}

/** Wall-clock time. Tasks do not wait for one another; one that throws is a bug and is left unhandled on purpose. */
export function realClock(): Clock {
  const timers = new Set<NodeJS.Timeout>();
  const waiters = new Waiters();
  let isStopped = false;
  const schedule = (delayMs: number, task: Task): Cancel => {
    // A delivery in progress may still schedule work for the state that a reset has dropped.
    if (isStopped) {
      return () => undefined;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      void Promise.resolve(task());
    }, delayMs);
    timer.unref();
    timers.add(timer);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  };
  return {
    mode: 'real',
    now: () => Date.now(),
    schedule,
    wait: (delayMs) => waiters.wait((task) => schedule(delayMs, task)),
    stop() {
      isStopped = true;
      for (const timer of timers) {
        clearTimeout(timer);
      }
      timers.clear();
      waiters.stop();
    },
  };
}

/** The start of a manual clock (chosen here), so that two runs of the same script write the same log. */
export const MANUAL_CLOCK_START = Date.UTC(2026, 0, 1);

interface Scheduled {
  readonly due: number;
  readonly task: Task;
}

/**
 * A clock that stands still until `advance`. Tasks with the same due time run in the order in which they were
 * scheduled.
 */
export function manualClock(): ManualClock {
  const queue = new Map<number, Scheduled>();
  const waiters = new Waiters();
  let now = MANUAL_CLOCK_START;
  let scheduled = 0;
  let advances = Promise.resolve();
  let isStopped = false;

  const schedule = (delayMs: number, task: Task): Cancel => {
    // An advance in progress would otherwise go on with the state that a reset has dropped.
    if (isStopped) {
      return () => undefined;
    }
    const key = scheduled++;
    queue.set(key, { due: now + delayMs, task });
    return () => void queue.delete(key);
  };

  // A Map keeps insertion order, so the first of the earliest is the one that was scheduled first.
  const takeNext = (until: number): Scheduled | undefined => {
    let next: [number, Scheduled] | undefined;
    for (const entry of queue) {
      if (entry[1].due <= until && (next === undefined || entry[1].due < next[1].due)) {
        next = entry;
      }
    }
    if (next === undefined) {
      return undefined;
    }
    queue.delete(next[0]);
    return next[1];
  };

  const run = async (until: number): Promise<void> => {
    for (let next = takeNext(until); next !== undefined; next = takeNext(until)) {
      now = Math.max(now, next.due);
      await next.task();
    }
    now = Math.max(now, until);
  };

  return {
    mode: 'manual',
    now: () => now,
    schedule,
    wait: (delayMs) => waiters.wait((task) => schedule(delayMs, task)),
    advance(advanceMs) {
      const turn = advances.then(() => run(now + advanceMs));
      advances = turn.catch(() => undefined);
      return turn;
    },
    stop() {
      isStopped = true;
      queue.clear();
      waiters.stop();
    },
  };
}
