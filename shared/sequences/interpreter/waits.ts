/** The steps that wait: for a time, for an event of the call. Pure. */

import type { WaitForStep, WaitStep } from '../language/definition.ts';
import { millisecondsOf } from '../language/limits.ts';
import { begin, end, keyOf, nowMs, type Place, type Run, wakeBy, write } from './advance-state.ts';
import { outcomeOf, type StepsProgress } from './progress.ts';
import type { StepError, StepRecord } from './state.ts';

const callEnded: StepError = { code: 'callEnded', message: 'The call ended.' };

/**
 * Waits for a time. In a call that is over there is nothing to wait for, unless an orchestrator says what follows: it may
 * call again.
 */
export function evaluateWait(run: Run, step: WaitStep, place: Place): StepsProgress {
  const key = keyOf(step, place);
  const record = run.state.steps[key] ?? begin(run, key, 'wait', place);
  if (record.status !== 'running') {
    return outcomeOf(record, step.onFailure);
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(step.wait);
  if (nowMs(run) >= dueAtMs) {
    end(run, record, 'succeeded');
    return 'through';
  }
  wakeBy(run, dueAtMs);
  const isInVain = run.seen.hasCallEnded && run.plan.orchestrator === undefined;
  return isInVain ? outcomeOf(end(run, record, 'failed', { error: callEnded }), step.onFailure) : 'open';
}

/** Waits for an event. One counts that came since the step before began, and that no wait took before. */
export function evaluateWaitFor(run: Run, step: WaitForStep, place: Place): StepsProgress {
  const key = keyOf(step, place);
  const record = run.state.steps[key] ?? beginWaitFor(run, key, place);
  if (record.status !== 'running') {
    return outcomeOf(record, step.onFailure);
  }
  const { events, timeout } = step.waitFor;
  const after = Math.max(run.state.taken, record.heard);
  const event = run.seen.events.find((one) => one.position > after && (events as string[]).includes(one.event));
  if (event) {
    run.state = { ...run.state, taken: event.position };
    end(run, record, 'succeeded', { event });
    return 'through';
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout);
  if (nowMs(run) >= dueAtMs) {
    const message = `None of ${events.join(', ')} came within ${timeout}.`;
    return outcomeOf(end(run, record, 'timedOut', { error: { code: 'eventMissing', message } }), step.onFailure);
  }
  wakeBy(run, dueAtMs);
  return run.seen.hasCallEnded ? outcomeOf(end(run, record, 'failed', { error: callEnded }), step.onFailure) : 'open';
}

function beginWaitFor(run: Run, key: string, place: Place): StepRecord {
  const record = begin(run, key, 'waitFor', place);
  return write(run, { ...record, heard: Math.min(record.heard, place.before?.heard ?? record.heard) });
}
