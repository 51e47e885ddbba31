/** The media operations of one application in one call: those that run, and those that wait for the main leg. */

import { isAllowed, isOnMainLeg, type MediaOperation } from './compatibility.ts';

/** Why an operation is stopped. */
export type StopReason = 'canceled' | 'callEnded' | 'participantLeft';

/** An accepted media operation. It is started at most once, when its leg is free, and ends once. */
export interface MediaTask {
  readonly operation: MediaOperation;
  /** Raw ids; none means all participants. */
  readonly targets: readonly string[];
  readonly operationContext: string | undefined;
  /** Starts; `over` is called once when the task has ended by itself. */
  start(over: () => void): void;
  /** Ends a task that runs or waits, with its event. */
  stop(reason: StopReason): void;
}

/**
 * Operations on the main leg run one after the other, those on sub legs at once. Whether each participant has a sub leg
 * is not documented; chosen here: each has.
 */
export class MediaQueue {
  #tasks: readonly MediaTask[] = [];

  /** The task that forbids an operation for these participants, by the compatibility table. */
  blocker(wanted: MediaOperation, targets: readonly string[]): MediaTask | undefined {
    return this.#tasks.find((task) => sharesTarget(task, targets) && !isAllowed(task.operation, wanted));
  }

  /** Runs the task, now or when its leg is free. */
  add(task: MediaTask): void {
    this.#arrange([...this.#tasks, task]);
    if (!isOnMainLeg(task.operation)) {
      this.#start(task);
    }
  }

  /**
   * Cancels what runs and waits on the task's leg, as the API's description says, and runs the task instead. Other legs
   * are not documented; chosen here: they go on.
   */
  bargeIn(task: MediaTask): void {
    const isOnItsLeg = isOnMainLeg(task.operation)
      ? (each: MediaTask) => isOnMainLeg(each.operation)
      : (each: MediaTask) => isOnSubLeg(each) && sharesTarget(each, task.targets);
    this.stop('canceled', isOnItsLeg);
    this.add(task);
  }

  /** Stops the tasks that match, whether they run or wait. */
  stop(reason: StopReason, matches: (task: MediaTask) => boolean): void {
    const stopped = this.#tasks.filter(matches);
    for (const task of stopped) {
      task.stop(reason);
    }
    this.#arrange(this.#tasks.filter((task) => !stopped.includes(task)));
  }

  /** The tasks that run or wait, in the order of acceptance. */
  entries(): { task: MediaTask; isRunning: boolean }[] {
    const head = this.#head();
    return this.#tasks.map((task) => ({ task, isRunning: task === head || !isOnMainLeg(task.operation) }));
  }

  #head(): MediaTask | undefined {
    return this.#tasks.find(({ operation }) => isOnMainLeg(operation));
  }

  /** Takes the new list, and starts the task that is now first on the main leg. */
  #arrange(tasks: readonly MediaTask[]): void {
    const before = this.#head();
    this.#tasks = tasks;
    const head = this.#head();
    if (head !== undefined && head !== before) {
      this.#start(head);
    }
  }

  #start(task: MediaTask): void {
    task.start(() => this.#arrange(this.#tasks.filter((each) => each !== task)));
  }
}

/** Whether a task occupies its sub leg. Continuous DTMF does not. */
function isOnSubLeg({ operation }: MediaTask): boolean {
  return !isOnMainLeg(operation) && operation !== 'continuousDtmf';
}

function sharesTarget({ targets }: MediaTask, others: readonly string[]): boolean {
  return targets.some((target) => others.includes(target));
}
