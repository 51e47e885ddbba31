/** Something that an orchestrator waits for while its actions are replayed: it settles once, all at once. */
export class Task {
  #hasFailed: boolean | undefined;
  readonly #listeners: ((hasFailed: boolean) => void)[] = [];

  /** A task that has succeeded. */
  static done(): Task {
    const task = new Task();
    task.settle(false);
    return task;
  }

  /** Settles when the first does, as that one did. */
  static any(tasks: readonly Task[]): Task {
    const first = new Task();
    for (const task of tasks) {
      task.whenSettled((hasFailed) => first.settle(hasFailed));
    }
    return first;
  }

  /** Settles when every one has. The library goes on at the first failure, Azure's extension here only (recorded). */
  static all(tasks: readonly Task[]): Task {
    const all = new Task();
    let openCount = tasks.length;
    for (const task of tasks) {
      task.whenSettled(() => {
        openCount -= 1;
        if (openCount === 0) {
          all.settle(false);
        }
      });
    }
    return all;
  }

  get isSettled(): boolean {
    return this.#hasFailed !== undefined;
  }

  /** Resolves all waits; a second call changes nothing. */
  settle(hasFailed: boolean): void {
    if (this.isSettled) {
      return;
    }
    this.#hasFailed = hasFailed;
    for (const listener of this.#listeners) {
      listener(hasFailed);
    }
  }

  /** Calls at once when the task has settled already. */
  whenSettled(listener: (hasFailed: boolean) => void): void {
    if (this.#hasFailed === undefined) {
      this.#listeners.push(listener);
    } else {
      listener(this.#hasFailed);
    }
  }
}
