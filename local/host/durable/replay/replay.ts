/**
 * The replay rule: the actions of an orchestrator are taken one after the other against its history, as Azure's extension
 * does. An action that has no event yet is new work; an event without an action means that the orchestrator is not
 * deterministic. Pure: no clock, no storage.
 */

import { eventTypes, type HistoryEvent, outcomeOf, type RaisedEvent, type ScheduledEvent } from '../history.ts';
import { type Action, actionName, actionTypes, type RetryPolicy, type TimerAction } from './actions.ts';
import { EventWaits } from './event-waits.ts';
import { OrchestrationError } from './orchestration-error.ts';
import { retried } from './retry-policy.ts';
import { activity, subOrchestration, timer } from './scheduled-events.ts';
import { ScheduledWork } from './scheduled-work.ts';
import { Task } from './task.ts';

export interface Replayed {
  /** Work that has no event yet, in the order of its ids. */
  readonly scheduled: readonly ScheduledEvent[];
  /** All work without an outcome; a canceled timer is not among it. */
  readonly openIds: ReadonlySet<number>;
  /** Every action has been waited for and nothing is open: only then may the instance end (recorded). */
  readonly isSettled: boolean;
  readonly continuation?: Continuation;
}

/** How an orchestrator continues as new. */
export interface Continuation {
  /** JSON text. */
  readonly input: string;
  /** External events that arrived after it had asked to; those that were not awaited before are dropped (recorded). */
  readonly events: readonly RaisedEvent[];
}

/** Replays a whole history. Throws an OrchestrationError when it does not fit the actions, or one is not served. */
export function replay(actions: readonly Action[], history: readonly HistoryEvent[], executionId: string): Replayed {
  const replaying = new Replay(actions, executionId);
  for (const event of history) {
    replaying.take(event);
  }
  return replaying.end();
}

class Replay {
  readonly #actions: readonly Action[];
  readonly #executionId: string;
  readonly #work = new ScheduledWork();
  readonly #waits = new EventWaits();
  readonly #scheduled = new Set<Action>();
  readonly #carried: RaisedEvent[] = [];
  #position = 0;
  #current = Task.done();
  #now = new Date(0);
  #nextInput: string | undefined;

  constructor(actions: readonly Action[], executionId: string) {
    this.#actions = actions;
    this.#executionId = executionId;
  }

  take(event: HistoryEvent): void {
    switch (event.EventType) {
      case eventTypes.OrchestratorStarted:
        this.#now = new Date(event.Timestamp);
        break;
      case eventTypes.ExecutionStarted:
        this.#advance();
        break;
      case eventTypes.TaskScheduled:
      case eventTypes.TimerCreated:
      case eventTypes.SubOrchestrationInstanceCreated:
        this.#work.match(event);
        break;
      case eventTypes.EventRaised:
        this.#raise({ EventType: event.EventType, Name: event.Name, Input: event.Input });
        break;
      default:
        this.#work.settle(outcomeOf(event) ?? -1, 'Reason' in event);
    }
  }

  end(): Replayed {
    const isAtEnd = this.#position === this.#actions.length && this.#current.isSettled;
    const { unrecorded, openIds } = this.#work;
    return {
      scheduled: unrecorded,
      openIds,
      isSettled: isAtEnd && openIds.size === 0,
      ...(this.#nextInput !== undefined && { continuation: { input: this.#nextInput, events: this.#carried } }),
    };
  }

  /** Takes actions until one has to be waited for. */
  #advance(): void {
    for (let action = this.#actions[this.#position]; action !== undefined; action = this.#actions[this.#position]) {
      this.#position += 1;
      this.#current = this.#begin(action);
      if (!this.#current.isSettled) {
        this.#current.whenSettled(() => this.#advance());
        return;
      }
    }
  }

  #raise(event: RaisedEvent): void {
    if (this.#nextInput === undefined) {
      this.#waits.raise(event.Name);
    } else {
      this.#carried.push(event);
    }
  }

  #begin(action: Action): Task {
    this.#refuseReuse(action);
    switch (action.actionType) {
      case actionTypes.CallActivity:
        return this.#work.add(activity(action));
      case actionTypes.CallActivityWithRetry:
        return this.#retried(action.retryOptions, () => this.#work.add(activity(action)));
      case actionTypes.CallSubOrchestrator:
        return this.#work.add(subOrchestration(action, this.#executionId));
      case actionTypes.CallSubOrchestratorWithRetry:
        return this.#retried(action.retryOptions, () => this.#work.add(subOrchestration(action, this.#executionId)));
      case actionTypes.CreateTimer:
        return this.#timer(action);
      case actionTypes.WaitForExternalEvent:
        return this.#waits.wait(action.externalEventName);
      case actionTypes.WhenAny:
        return Task.any(action.compoundActions.map((one) => this.#begin(one)));
      case actionTypes.WhenAll:
        return Task.all(action.compoundActions.map((one) => this.#begin(one)));
      case actionTypes.ContinueAsNew:
        this.#nextInput = JSON.stringify(action.input ?? null);
        return Task.done();
      default:
        throw new OrchestrationError(
          `This host serves activities, sub-orchestrations, timers and external events, not ${actionName(action)}.`,
        );
    }
  }

  #timer({ fireAt, isCanceled }: TimerAction): Task {
    const event = timer(new Date(fireAt));
    return isCanceled ? this.#work.addCanceled(event) : this.#work.add(event);
  }

  #retried(policy: RetryPolicy, call: () => Task): Task {
    return retried(policy, { call, timer: (fireAt) => this.#work.add(timer(fireAt)), now: () => this.#now });
  }

  /** Azure schedules it a second time, under a number of which the library knows nothing: results go astray (recorded). */
  #refuseReuse(action: Action): void {
    if (this.#scheduled.has(action) && action.actionType !== actionTypes.WaitForExternalEvent) {
      throw new OrchestrationError(
        `A task (${actionName(action)}) was given to Task.all or Task.any after it had been waited for already: Azure ` +
          'schedules it again, and durable-functions 3 then mixes up the results. Make a new task for each wait.',
      );
    }
    this.#scheduled.add(action);
  }
}
