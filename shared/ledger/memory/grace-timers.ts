/**
 * Timers that settle presumed outcomes when their grace period is over. Only a hint: a timer that dies with its process is
 * made up for by the next event of the call, by a reader and by housekeeping.
 */

import { withoutClient } from '../../storage-time.ts';

export interface GraceTimers {
  /** Runs the work after a time, unless a timer of the call is running already. */
  start(callId: string, milliseconds: number, work: () => Promise<void>): void;
  /** Stops the timer of a call that has nothing presumed any more. */
  stop(callId: string): void;
}

export function openGraceTimers(): GraceTimers {
  const running = new Map<string, NodeJS.Timeout>();
  return {
    start(callId, milliseconds, work) {
      if (running.has(callId)) {
        return;
      }
      const timer = setTimeout(() => {
        running.delete(callId);
        void withoutClient(work);
      }, milliseconds);
      // A process that has nothing else to do may end.
      timer.unref();
      running.set(callId, timer);
    },
    stop(callId) {
      clearTimeout(running.get(callId));
      running.delete(callId);
    },
  };
}
