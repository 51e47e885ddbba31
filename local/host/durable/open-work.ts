/** Does what orchestrations have scheduled: activities, timers, sub-orchestrations. At least once each; see the history. */

import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { DurableFunctions } from './functions.ts';
import { eventTypes, type Message, type ScheduledEvent } from './history.ts';
import { hasEnded, type Instance } from './instance.ts';
import { Slots } from './slots.ts';
import { isSameCall, type StartRequest } from './start-request.ts';

type Scheduled<Name extends keyof typeof eventTypes> = Extract<
  ScheduledEvent,
  { EventType: (typeof eventTypes)[Name] }
>;

/** What an instance began, as far as its work is to know it. */
interface Owner {
  readonly instance: Instance;
  /** Aborts when the result is no longer awaited, or the host stops. */
  readonly canceled: AbortSignal;
}

export interface OpenWorkSetup {
  readonly functions: DurableFunctions;
  readonly clock: Clock;
  readonly activityCount: number;
  /** Starts an instance, or resolves with the one that has its id. */
  readonly start: (request: StartRequest) => Promise<Instance>;
}

export class OpenWork {
  readonly #setup: OpenWorkSetup;
  readonly #slots: Slots;

  constructor(setup: OpenWorkSetup) {
    this.#setup = setup;
    this.#slots = new Slots(setup.activityCount);
  }

  /** Resolves with the outcome to deliver to the owner; with nothing when the work is canceled or its outcome is delivered another way. */
  async do(event: ScheduledEvent, owner: Owner): Promise<Message | undefined> {
    switch (event.EventType) {
      case eventTypes.TaskScheduled:
        return this.#slots.run(() => this.#activity(event, owner));
      case eventTypes.TimerCreated:
        return this.#timer(event, owner);
      case eventTypes.SubOrchestrationInstanceCreated:
        return this.#subOrchestration(event, owner);
    }
  }

  /** Not started any more once the host stops: its next start does that. */
  async #activity(event: Scheduled<'TaskScheduled'>, { instance, canceled }: Owner): Promise<Message | undefined> {
    if (canceled.aborted) {
      return undefined;
    }
    const TaskScheduledId = event.EventId;
    try {
      const Result = await this.#setup.functions.act(event.Name, instance.id, event.Input);
      return { EventType: eventTypes.TaskCompleted, TaskScheduledId, Result };
    } catch (error) {
      const Details = messageOf(error);
      const Reason = `Activity function '${event.Name}' failed: ${Details}`;
      return { EventType: eventTypes.TaskFailed, TaskScheduledId, Reason, Details };
    }
  }

  async #timer({ EventId, FireAt }: Scheduled<'TimerCreated'>, { canceled }: Owner): Promise<Message | undefined> {
    const { clock } = this.#setup;
    const delayMs = Math.max(0, Date.parse(FireAt) - clock.now().getTime());
    const isDue = await clock.sleep(delayMs, canceled);
    return isDue ? { EventType: eventTypes.TimerFired, TimerId: EventId, FireAt } : undefined;
  }

  /** A sub-orchestration reports its end to its parent; the outcome of one that ended before a crash is read. */
  async #subOrchestration(
    event: Scheduled<'SubOrchestrationInstanceCreated'>,
    { instance }: Owner,
  ): Promise<Message | undefined> {
    const parent = { instanceId: instance.id, executionId: instance.executionId, taskId: event.EventId };
    const { InstanceId: id, Name: name, Version: version, Input: input } = event;
    const child = await this.#setup.start({ id, name, version, input, parent });
    if (isSameCall(child.parent, parent)) {
      return hasEnded(child) ? outcomeFor(child, event.EventId) : undefined;
    }
    const Reason = `An orchestration instance with the id '${event.InstanceId}' is running already.`;
    return {
      EventType: eventTypes.SubOrchestrationInstanceFailed,
      TaskScheduledId: event.EventId,
      Reason,
      Details: Reason,
    };
  }
}

/** The message that reports the end of a sub-orchestration to its parent. */
export function outcomeFor({ status, output }: Instance, TaskScheduledId: number): Message {
  if (status === 'Completed') {
    return { EventType: eventTypes.SubOrchestrationInstanceCompleted, TaskScheduledId, Result: output };
  }
  const Reason = String(JSON.parse(output));
  return { EventType: eventTypes.SubOrchestrationInstanceFailed, TaskScheduledId, Reason, Details: Reason };
}
