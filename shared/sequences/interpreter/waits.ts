/** The steps that wait: for a time, for an event of the call. Pure. */

import type { WaitForStep, WaitStep } from '../language/definition.ts';
import { millisecondsOf } from '../language/limits.ts';
import { type Draft, endStep, keyOf, nowMs, type Position, putStep, startStep, wakeAtLatest } from './draft.ts';
import { outcomeOf, type StepsProgress } from './progress.ts';
import type { StepError, StepRecord } from './state.ts';

const callEnded: StepError = { code: 'callEnded', message: 'The call ended.' };

/**
 * Waits for a time. In a call that is over there is nothing to wait for, unless an orchestrator says what follows: it may
 * call again.
 */
export function evaluateWait(run: Draft, step: WaitStep, place: Position): StepsProgress {
  const key = keyOf(step, place);
  const record = run.state.steps[key] ?? startStep(run, key, 'wait', place);
  if (record.status !== 'running') {
    return outcomeOf(record, step.onFailure);
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(step.wait);
  if (nowMs(run) >= dueAtMs) {
    endStep(run, record, 'succeeded');
    return 'through';
  }
  wakeAtLatest(run, dueAtMs);
  const isInVain = run.snapshot.hasCallEnded && run.plan.orchestrator === undefined;
  return isInVain ? outcomeOf(endStep(run, record, 'failed', { error: callEnded }), step.onFailure) : 'open';
}

/** Waits for an event. One counts that came since the step before began, and that no wait took before. */
export function evaluateWaitFor(run: Draft, step: WaitForStep, place: Position): StepsProgress {
  const key = keyOf(step, place);
  const record = run.state.steps[key] ?? beginWaitFor(run, key, place);
  if (record.status !== 'running') {
    return outcomeOf(record, step.onFailure);
  }
  const { events, timeout } = step.waitFor;
  const after = Math.max(run.state.lastConsumed, record.eventsAtStart);
  const event = run.snapshot.events.find((one) => one.position > after && (events as string[]).includes(one.event));
  if (event) {
    run.state = { ...run.state, lastConsumed: event.position };
    endStep(run, record, 'succeeded', { event });
    return 'through';
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout);
  if (nowMs(run) >= dueAtMs) {
    const message = `None of ${events.join(', ')} came within ${timeout}.`;
    return outcomeOf(endStep(run, record, 'timedOut', { error: { code: 'eventMissing', message } }), step.onFailure);
  }
  wakeAtLatest(run, dueAtMs);
  return run.snapshot.hasCallEnded
    ? outcomeOf(endStep(run, record, 'failed', { error: callEnded }), step.onFailure)
    : 'open';
}

function beginWaitFor(run: Draft, key: string, place: Position): StepRecord {
  const record = startStep(run, key, 'waitFor', place);
  return putStep(run, {
    ...record,
    eventsAtStart: Math.min(record.eventsAtStart, place.previous?.eventsAtStart ?? record.eventsAtStart),
  });
}
