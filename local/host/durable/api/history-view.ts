/** A history as people read it: scheduled work is told with its outcome, the engine's own turns are left out (recorded). */

import { eventName, eventTypes, type HistoryEvent, isScheduled, outcomeOf, type ScheduledEvent } from '../history.ts';

const leftOut: readonly number[] = [
  eventTypes.OrchestratorStarted,
  eventTypes.TaskScheduled,
  eventTypes.SubOrchestrationInstanceCreated,
  eventTypes.TimerCreated,
];

/** Inputs and results are shown only when asked for. */
export function historyView(history: readonly HistoryEvent[], showOutput: boolean): object[] {
  const scheduled = new Map(history.filter(isScheduled).map((event) => [event.EventId, event]));
  const shown = history.filter(({ EventType }) => !leftOut.includes(EventType));
  return shown.map((event) => view(event, scheduled.get(outcomeOf(event) ?? -1), showOutput));
}

function view(event: HistoryEvent, cause: (HistoryEvent & ScheduledEvent) | undefined, showOutput: boolean): object {
  const name = cause !== undefined && 'Name' in cause ? cause.Name : undefined;
  return {
    EventType: eventName(event),
    ...('Name' in event && { Name: event.Name }),
    ...(name !== undefined && { FunctionName: name }),
    ...(cause !== undefined && { ScheduledTime: cause.Timestamp }),
    ...('FireAt' in event && { FireAt: event.FireAt }),
    ...('Reason' in event && { Reason: event.Reason }),
    ...(showOutput && 'Input' in event && { Input: JSON.parse(event.Input) as unknown }),
    ...(showOutput && 'Result' in event && { Result: JSON.parse(event.Result) as unknown }),
    Timestamp: event.Timestamp,
  };
}
