/**
 * How long the work of a process that died stays unavailable. Azure's storage provider takes work from queues whose messages
 * are invisible while they are processed, and those of a killed process stay so until the visibility timeout ends. A host that
 * shuts down gracefully leaves no such message; timers are held by no process.
 */

import { eventTypes, type HistoryEvent, type ScheduledEvent } from './history.ts';

/** `controlQueueVisibilityTimeout` and `workItemQueueVisibilityTimeout` of host.json. */
export interface Visibility {
  /** Of sub-orchestrations. */
  readonly controlQueueMs: number;
  /** Of activities. */
  readonly workItemQueueMs: number;
}

/** How long scheduled work that another process may have started must not be started again, in milliseconds. */
export function hiddenMs(
  event: HistoryEvent & ScheduledEvent,
  { controlQueueMs, workItemQueueMs }: Visibility,
  releasedAt: string | undefined,
  now: Date,
): number {
  const timeoutsMs: Partial<Record<number, number>> = {
    [eventTypes.TaskScheduled]: workItemQueueMs,
    [eventTypes.SubOrchestrationInstanceCreated]: controlQueueMs,
  };
  const isReleased = releasedAt !== undefined && event.Timestamp <= releasedAt;
  const untilMs = Date.parse(event.Timestamp) + (timeoutsMs[event.EventType] ?? 0);
  return isReleased ? 0 : Math.max(0, untilMs - now.getTime());
}
