/** Evaluates the steps that wait: for a time, or for an event of the call. */
import { millisecondsOf, type WaitForStep, type WaitStep } from '../language/definition.ts';
import {
  type Draft,
  endStep,
  keyOf,
  nowMs,
  type Position,
  progressAfter,
  putStep,
  type StepsProgress,
  startStep,
  wakeAtLatest,
} from './draft.ts';
import type { StepError, StepRecord } from './state.ts';

/** The end of the call fails a wait, except in an orchestrator: its code decides what follows, and may call again. */
export function evaluateWait(draft: Draft, step: WaitStep, position: Position): StepsProgress {
  const key = keyOf(step, position);
  const record = draft.state.steps[key] ?? startStep(draft, key, 'wait', position);
  if (record.status !== 'running') {
    return progressAfter(record, step.onFailure);
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(step.wait);
  if (nowMs(draft) >= dueAtMs) {
    endStep(draft, record, 'succeeded');
    return 'done';
  }
  wakeAtLatest(draft, dueAtMs);
  return draft.plan.orchestrator === undefined ? unlessCallEnded(draft, record, step) : 'running';
}

/** Consumes one event: the first since the previous step started that no other wait has consumed. */
export function evaluateWaitFor(draft: Draft, step: WaitForStep, position: Position): StepsProgress {
  const key = keyOf(step, position);
  const record = draft.state.steps[key] ?? startWaitFor(draft, key, position);
  if (record.status !== 'running') {
    return progressAfter(record, step.onFailure);
  }
  const { events, timeout } = step.waitFor;
  const after = Math.max(draft.state.lastConsumed, record.eventsAtStart);
  const event = draft.snapshot.events.find((one) => one.position > after && events.some((kind) => kind === one.event));
  if (event) {
    draft.state = { ...draft.state, lastConsumed: event.position };
    endStep(draft, record, 'succeeded', { event });
    return 'done';
  }
  const dueAtMs = Date.parse(record.startedAt) + millisecondsOf(timeout);
  if (nowMs(draft) >= dueAtMs) {
    const error = { code: 'eventMissing', message: `None of ${events.join(', ')} arrived within ${timeout}.` };
    return progressAfter(endStep(draft, record, 'timedOut', { error }), step.onFailure);
  }
  wakeAtLatest(draft, dueAtMs);
  return unlessCallEnded(draft, record, step);
}

function startWaitFor(draft: Draft, key: string, position: Position): StepRecord {
  const record = startStep(draft, key, 'waitFor', position);
  const eventsAtStart = Math.min(record.eventsAtStart, position.previous?.eventsAtStart ?? record.eventsAtStart);
  return putStep(draft, { ...record, eventsAtStart });
}

/** Keeps waiting while the call lasts. */
function unlessCallEnded(draft: Draft, record: StepRecord, { onFailure }: WaitStep | WaitForStep): StepsProgress {
  const error: StepError = { code: 'callEnded', message: 'The call ended.' };
  return draft.snapshot.hasCallEnded
    ? progressAfter(endStep(draft, record, 'failed', { error }), onFailure)
    : 'running';
}
