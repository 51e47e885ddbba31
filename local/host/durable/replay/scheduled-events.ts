/** The events of new work, as history and library want them; each takes the number that the work is given. */

import { eventTypes, type ScheduledEvent } from '../history.ts';
import type { ActivityCall, SubOrchestratorCall } from './actions.ts';

export type NumberedEvent = (id: number) => ScheduledEvent;

/** A string among the inputs of activities has been quoted by the library already (recorded). */
export function activity({ functionName, input }: ActivityCall): NumberedEvent {
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? null);
  return (EventId) => ({ EventType: eventTypes.TaskScheduled, EventId, Name: functionName, Input: text });
}

/** A sub-orchestration without an id of its own is named after the execution that began it (recorded). */
export function subOrchestration(call: SubOrchestratorCall, executionId: string): NumberedEvent {
  const { functionName, input, instanceId, version } = call;
  return (EventId) => ({
    EventType: eventTypes.SubOrchestrationInstanceCreated,
    EventId,
    Name: functionName,
    ...(version && { Version: version }),
    InstanceId: instanceId || `${executionId}:${EventId}`,
    Input: JSON.stringify(input ?? null),
  });
}

export function timer(fireAt: Date): NumberedEvent {
  return (EventId) => ({ EventType: eventTypes.TimerCreated, EventId, FireAt: fireAt.toISOString() });
}
