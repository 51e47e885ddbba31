/** The frame timer of audio streams. */

import type { Cancel, Clock } from '../clock.ts';
import { FRAME_MS } from './audio.ts';

/** Frames that are later than this are dropped (chosen here): a machine that slept does not send the whole night. */
const MAX_LATE_MS = 1000;

/** Runs the task every 20 ms of the clock, one after the other, until it is cancelled. */
export function everyFrame(clock: Clock, task: () => Promise<void>): Cancel {
  let due = clock.now();
  let isOver = false;
  let cancel: Cancel = () => undefined;
  const arm = (): void => {
    due = Math.max(due + FRAME_MS, clock.now() - MAX_LATE_MS);
    cancel = clock.schedule(Math.max(0, due - clock.now()), async () => {
      await task();
      if (!isOver) {
        arm();
      }
    });
  };
  arm();
  return () => {
    isOver = true;
    cancel();
  };
}
