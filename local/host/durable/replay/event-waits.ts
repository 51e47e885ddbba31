/** Who waits for which external event while an orchestrator's actions are replayed. */

import { Task } from './task.ts';

export class EventWaits {
  readonly #waiting = new Map<string, Task[]>();
  readonly #bufferedCounts = new Map<string, number>();

  /** An event that arrived before the wait is taken at once, oldest first. */
  wait(name: string): Task {
    const bufferedCount = this.#bufferedCounts.get(name) ?? 0;
    if (bufferedCount > 0) {
      this.#bufferedCounts.set(name, bufferedCount - 1);
      return Task.done();
    }
    const task = new Task();
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), task]);
    return task;
  }

  /** The last who waits takes the event (recorded: so that earlier waits may be abandoned); else it is kept. */
  raise(name: string): void {
    const task = this.#waiting.get(name)?.pop();
    if (task === undefined) {
      this.#bufferedCounts.set(name, (this.#bufferedCounts.get(name) ?? 0) + 1);
    }
    task?.settle(false);
  }
}
