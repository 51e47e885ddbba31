/** How an orchestrator waits until its sequence is woken, or a time has come; and how it insists on an activity. */
import { durableNames } from '../../runtime/orchestration.ts';
import type { Flow, Part } from './flow.ts';

/**
 * Waits. Durable Functions gives an event to the wait that began last, else to one that was left for a timer; those are
 * looked at as well, so that no event is lost on them.
 */
export function* nextWake(flow: Flow, atLatest: string): Part<void> {
  const { df } = flow;
  if (forgetWoken(flow)) {
    return;
  }
  const wake = df.waitForExternalEvent(durableNames.wake);
  const timer = df.createTimer(new Date(atLatest));
  flow.waits = [...flow.waits, wake];
  yield df.Task.any([wake, timer]);
  if (forgetWoken(flow)) {
    timer.cancel();
  }
}

function forgetWoken(flow: Flow): boolean {
  const { length } = flow.waits;
  flow.waits = flow.waits.filter(({ isCompleted }) => !isCompleted);
  return flow.waits.length < length;
}

const longestPauseSeconds = 300;

/** The result of an activity. One that failed changed nothing that it would not find again: it is tried until it succeeds. */
export function* callUntilSuccess<T>({ df }: Flow, activity: string, input: object): Part<T> {
  for (let pauseSeconds = 5; ; pauseSeconds = Math.min(2 * pauseSeconds, longestPauseSeconds)) {
    try {
      return (yield df.callActivity(activity, input)) as T;
    } catch {
      yield df.createTimer(new Date(df.currentUtcDateTime.getTime() + pauseSeconds * 1000));
    }
  }
}
