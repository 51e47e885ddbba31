/** The history of an orchestration: what happened, in the shape in which the library reads it back (recorded). */

/** The numbers by which the library knows the events. */
export const eventTypes = {
  ExecutionStarted: 0,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  EventRaised: 15,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

type Type = typeof eventTypes;

/** Work that an orchestrator asked for; its id is the one that its outcome refers to. */
export type ScheduledEvent =
  | { EventType: Type['TaskScheduled']; EventId: number; Name: string; Input: string }
  | {
      EventType: Type['SubOrchestrationInstanceCreated'];
      EventId: number;
      Name: string;
      Version?: string;
      InstanceId: string;
      Input: string;
    }
  | { EventType: Type['TimerCreated']; EventId: number; FireAt: string };

/** How scheduled work ended. Results are JSON text, `null` for none: the library cannot read a missing one. */
export type OutcomeEvent =
  | {
      EventType: Type['TaskCompleted'] | Type['SubOrchestrationInstanceCompleted'];
      TaskScheduledId: number;
      Result: string;
    }
  | {
      EventType: Type['TaskFailed'] | Type['SubOrchestrationInstanceFailed'];
      TaskScheduledId: number;
      Reason: string;
      Details: string;
    }
  | { EventType: Type['TimerFired']; TimerId: number; FireAt: string };

/** An external event; its input is JSON text. */
export type RaisedEvent = { EventType: Type['EventRaised']; Name: string; Input: string };

/** What comes from outside: the start, events, and orders to stop, hold or go on. */
export type OrderEvent =
  | { EventType: Type['ExecutionStarted']; Name: string; Version?: string }
  | RaisedEvent
  | {
      EventType: Type['ExecutionTerminated'] | Type['ExecutionSuspended'] | Type['ExecutionResumed'];
      Reason: string | null;
    };

/** Starts an episode, and is the time of everything in it. */
type EpisodeEvent = { EventType: Type['OrchestratorStarted'] };

/** A message to an instance, which enters its history in the next episode. */
export type Message = OutcomeEvent | OrderEvent;

export type HistoryEvent = { EventId: number; Timestamp: string; IsPlayed: boolean } & (
  | ScheduledEvent
  | Message
  | EpisodeEvent
);

/** An event of now. Whatever schedules nothing has the id -1. */
export function historyEvent(event: ScheduledEvent | Message | EpisodeEvent, now: Date): HistoryEvent {
  return { EventId: -1, ...event, Timestamp: now.toISOString(), IsPlayed: false };
}

export function isScheduled<Event extends ScheduledEvent | Message | EpisodeEvent>(
  event: Event,
): event is Event & ScheduledEvent {
  return 'EventId' in event && event.EventId >= 0;
}

/** The id of the work whose outcome a message reports; undefined for a command. */
export function outcomeOf(message: Message | EpisodeEvent | ScheduledEvent): number | undefined {
  if ('TaskScheduledId' in message) {
    return message.TaskScheduledId;
  }
  return 'TimerId' in message ? message.TimerId : undefined;
}

/** What was scheduled and has no outcome yet, by its id. A canceled timer counts until it fires: nothing records it. */
export function openWork(history: readonly HistoryEvent[]): Map<number, HistoryEvent & ScheduledEvent> {
  const open = new Map<number, HistoryEvent & ScheduledEvent>();
  for (const event of history) {
    if (isScheduled(event)) {
      open.set(event.EventId, event);
    }
    open.delete(outcomeOf(event) ?? -1);
  }
  return open;
}

/** The name of an event's kind, e.g. `TaskScheduled`. */
export function eventName({ EventType }: { readonly EventType: number }): string {
  return eventNames.get(EventType) ?? String(EventType);
}

const eventNames = new Map<number, string>(Object.entries(eventTypes).map(([name, type]) => [type, name]));
