/** The work that an orchestrator has asked for while its actions are replayed: numbered, matched with its history. */

import { eventName, eventTypes, type HistoryEvent, type ScheduledEvent } from '../history.ts';
import { OrchestrationError } from './orchestration-error.ts';
import { Task } from './task.ts';

export class ScheduledWork {
  readonly #open = new Map<number, Task>();
  readonly #unrecorded = new Map<number, ScheduledEvent>();
  #nextId = 0;

  /** What has no event yet, in the order of its ids. */
  get unrecorded(): readonly ScheduledEvent[] {
    return [...this.#unrecorded.values()];
  }

  get openIds(): ReadonlySet<number> {
    return new Set(this.#open.keys());
  }

  /** Numbers the work as the library does: one count for everything, from 0, in the order in which it is asked for. */
  add(toEvent: (id: number) => ScheduledEvent): Task {
    const id = this.#nextId;
    this.#nextId += 1;
    const task = new Task();
    this.#open.set(id, task);
    this.#unrecorded.set(id, toEvent(id));
    return task;
  }

  /** A canceled timer is recorded like any other, but is not awaited (recorded). */
  addCanceled(toEvent: (id: number) => ScheduledEvent): Task {
    const task = this.add(toEvent);
    this.#open.delete(this.#nextId - 1);
    task.settle(true);
    return task;
  }

  /** Ticks off what the history says was scheduled; throws when the orchestrator has not asked for just that. */
  match(event: HistoryEvent & ScheduledEvent): void {
    const asked = this.#unrecorded.get(event.EventId);
    if (asked?.EventType !== event.EventType || nameOf(asked) !== nameOf(event)) {
      throw new OrchestrationError(
        `The orchestrator is not deterministic: its history has ${describe(event)} as number ${event.EventId}, and now ` +
          `it asked for ${asked === undefined ? 'nothing' : describe(asked)} there. Instances that run must meet the code ` +
          'that began them: give changed orchestrators a new name or version.',
      );
    }
    this.#unrecorded.delete(event.EventId);
  }

  /** An outcome of what is not open, such as a canceled timer, means nothing. */
  settle(id: number, hasFailed: boolean): void {
    const task = this.#open.get(id);
    this.#open.delete(id);
    task?.settle(hasFailed);
  }
}

function nameOf(event: ScheduledEvent): string | undefined {
  return event.EventType === eventTypes.TimerCreated ? undefined : event.Name;
}

function describe(event: ScheduledEvent): string {
  return [eventName(event), nameOf(event)].filter((part) => part !== undefined).join(' ');
}
