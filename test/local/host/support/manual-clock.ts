/** A clock that stands still until a test advances it. */

import { EventEmitter, once } from 'node:events';
import type { Clock } from '../../../../local/host/host.ts';

interface Sleeper {
  readonly wakesAtMs: number;
  wake(): void;
}

export class ManualClock implements Clock {
  #nowMs: number;
  readonly #sleepers = new Set<Sleeper>();
  readonly #changes = new EventEmitter();

  constructor(start: string) {
    this.#nowMs = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  sleep(delayMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (elapsed: boolean) => {
        this.#sleepers.delete(sleeper);
        resolve(elapsed);
      };
      const sleeper: Sleeper = { wakesAtMs: this.#nowMs + delayMs, wake: () => end(true) };
      if (signal.aborted) {
        return end(false);
      }
      signal.addEventListener('abort', () => end(false), { once: true });
      this.#sleepers.add(sleeper);
      this.#changes.emit('sleep');
      if (delayMs <= 0) {
        sleeper.wake();
      }
    });
  }

  /** Moves time and wakes, in order, who has slept enough. */
  advance(ms: number): void {
    this.#nowMs += ms;
    const due = [...this.#sleepers].filter(({ wakesAtMs }) => wakesAtMs <= this.#nowMs);
    for (const sleeper of due.sort((one, other) => one.wakesAtMs - other.wakesAtMs)) {
      sleeper.wake();
    }
  }

  /** Waits until a sleeper waits for `time`. */
  async awaited(time: string): Promise<void> {
    while (![...this.#sleepers].some(({ wakesAtMs }) => wakesAtMs === Date.parse(time))) {
      await once(this.#changes, 'sleep');
    }
  }
}
