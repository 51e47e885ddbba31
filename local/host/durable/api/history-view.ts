/** A history as people read it: scheduled work is shown with its outcome, the engine's own turns are left out (recorded). */

import { eventName, eventTypes, type HistoryEvent, isScheduled, outcomeOf, type ScheduledEvent } from '../history.ts';
import { hasEnded, type Instance } from '../instance.ts';

/** Which values the view includes. */
export interface ShownValues {
  readonly input: boolean;
  /** Results in the history. */
  readonly output: boolean;
}

/** Inputs and results are shown only when asked for; what activities and sub-orchestrations were given is null in Azure too. */
export function historyView(instance: Instance, history: readonly HistoryEvent[], what: ShownValues): object[] {
  const scheduled = new Map(history.filter(isScheduled).map((event) => [event.EventId, event]));
  const causeOf = (event: HistoryEvent) => scheduled.get(outcomeOf(event) ?? -1);
  const isShownByOutcome = new Set<HistoryEvent | undefined>(
    history.map(causeOf).filter((cause) => cause?.EventType !== eventTypes.TimerCreated),
  );
  const shown = history.filter(
    (event) => event.EventType !== eventTypes.OrchestratorStarted && !isShownByOutcome.has(event),
  );
  return [
    ...shown.map((event) => ({
      EventType: eventName(event),
      ...detailsOf(event, instance, what),
      ...causeIn(causeOf(event), what),
      Timestamp: event.Timestamp,
    })),
    ...(hasEnded(instance) ? [endOf(instance, what)] : []),
  ];
}

function detailsOf(event: HistoryEvent, { input, generation }: Instance, what: ShownValues): object {
  switch (event.EventType) {
    case eventTypes.ExecutionStarted:
      return {
        ...(what.input && { Input: input === 'null' ? null : input }),
        Generation: generation - 1,
        FunctionName: event.Name,
      };
    case eventTypes.TaskScheduled:
      return { Name: event.Name, ...(what.input && { Input: null }) };
    case eventTypes.SubOrchestrationInstanceCreated:
      return { Name: event.Name, InstanceId: event.InstanceId, ...(what.input && { Input: null }) };
    case eventTypes.TaskCompleted:
    case eventTypes.SubOrchestrationInstanceCompleted:
      return what.output ? { Result: JSON.parse(event.Result) as unknown } : {};
    case eventTypes.TaskFailed:
    case eventTypes.SubOrchestrationInstanceFailed:
      return { Reason: event.Reason, Details: event.Details };
    case eventTypes.TimerCreated:
    case eventTypes.TimerFired:
      return { FireAt: event.FireAt };
    case eventTypes.EventRaised:
      return { Name: event.Name, ...(what.input && { Input: event.Input }) };
    case eventTypes.ExecutionTerminated:
      return what.input ? { Input: event.Reason } : {};
    case eventTypes.ExecutionSuspended:
    case eventTypes.ExecutionResumed:
      return { Reason: event.Reason };
    default:
      return {};
  }
}

/** Members that a completion event takes from the event that scheduled its work. */
function causeIn(cause: (HistoryEvent & ScheduledEvent) | undefined, { input }: ShownValues): object {
  if (cause === undefined || cause.EventType === eventTypes.TimerCreated) {
    return {};
  }
  return {
    ScheduledTime: cause.Timestamp,
    FunctionName: cause.Name,
    ...('InstanceId' in cause && { InstanceId: cause.InstanceId }),
    ...(input && { Input: null }),
  };
}

/** This host keeps the end of an instance beside its history. */
function endOf({ status, output, updatedAt }: Instance, what: ShownValues): object {
  return {
    EventType: 'ExecutionCompleted',
    OrchestrationStatus: status,
    ...(what.output && { Result: JSON.parse(output) as unknown }),
    Timestamp: updatedAt,
  };
}
