/** How an orchestrator waits for a wake or a time, and how it retries an activity. */
import { durableNames } from '../../runtime/orchestration.ts';
import type { Flow, Part } from './flow.ts';

/**
 * Waits for a wake or a time. Durable Functions gives an event to the newest open wait, else to an older one whose timer has
 * fired; all open waits are checked, so that no event is lost. Returns whether it was a wake.
 */
export function* nextWake(flow: Flow, atLatest: string): Part<boolean> {
  const { df } = flow;
  if (removeCompletedWaits(flow)) {
    return true;
  }
  const wake = df.waitForExternalEvent(durableNames.wake);
  const timer = df.createTimer(new Date(atLatest));
  flow.waits = [...flow.waits, wake];
  yield df.Task.any([wake, timer]);
  const isWoken = removeCompletedWaits(flow);
  if (isWoken) {
    timer.cancel();
  }
  return isWoken;
}

/** Whether one of the waits got an event. */
function removeCompletedWaits(flow: Flow): boolean {
  const { length } = flow.waits;
  flow.waits = flow.waits.filter(({ isCompleted }) => !isCompleted);
  return flow.waits.length < length;
}

const firstPauseSeconds = 5;
const longestPauseSeconds = 300;

/** The result of an activity, which is idempotent and therefore retried until it succeeds. */
export function* callUntilSuccess<T>({ df }: Flow, activity: string, input: object): Part<T> {
  for (let pauseSeconds = firstPauseSeconds; ; pauseSeconds = Math.min(2 * pauseSeconds, longestPauseSeconds)) {
    try {
      return (yield df.callActivity(activity, input)) as T;
    } catch {
      yield df.createTimer(new Date(df.currentUtcDateTime.getTime() + pauseSeconds * 1000));
    }
  }
}
