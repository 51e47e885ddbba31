/**
 * How long work of a process that died stays out of reach. Azure's storage provider takes it from queues whose messages are
 * invisible while they are worked on: who dies leaves them so until the time is over. A host that stops in good order, and
 * timers, which no process holds, leave nothing behind.
 */

import { eventTypes, type HistoryEvent, type ScheduledEvent } from './history.ts';

/** `controlQueueVisibilityTimeout` and `workItemQueueVisibilityTimeout` of host.json. */
export interface Visibility {
  /** Of sub-orchestrations. */
  readonly controlQueueMs: number;
  /** Of activities. */
  readonly workItemQueueMs: number;
}

/** How long scheduled work that another process may have begun is still to be left alone, in milliseconds. */
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
