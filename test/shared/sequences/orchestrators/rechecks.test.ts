/** How often an own orchestrator rechecks its steps in case wakes are lost: rarer while nothing happens, often once something does. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { eventTypes, type HistoryEvent } from '../../../../local/host/durable/history.ts';
import { activities } from '../../../../shared/sequences/orchestrators/flow/activities.ts';
import { waitForEvent } from '../../../../shared/sequences/orchestrators/flow/blocks.ts';
import { defineOrchestrator, orchestrationOf } from '../../../../shared/sequences/orchestrators/flow/orchestrator.ts';
import {
  activityNames,
  type BatchInput,
  type BatchProgress,
  type LastCheck,
} from '../../../../shared/sequences/orchestrators/flow/protocol.ts';
import { durableNames } from '../../../../shared/sequences/runtime/orchestration.ts';
import { runOrchestrator } from '../../../support/orchestrator-engine.ts';
import { aLedger } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

const { OrchestratorStarted, ExecutionStarted, TaskScheduled, TaskCompleted, TimerCreated, TimerFired, EventRaised } =
  eventTypes;

const recheckSeconds = 30;
const steps = [{ id: 'wait', wait: 'PT2H' }];

/** What an orchestrator finds that checks its waiting step, and after how many seconds it will check again. */
async function check(since: LastCheck): Promise<{ rechecks: number; againAfterSeconds: number }> {
  const { sequences } = someSequences({ recheckSeconds });
  const plan = aPlan(new Date().toISOString());
  await written(sequences, plan);
  const batch = activities[activityNames.batch] as (...given: unknown[]) => Promise<BatchProgress>;
  const input: BatchInput = { sequenceId: plan.sequenceId, steps, isCleanup: false, since };
  const progress = await batch(aLedger(), sequences, input);
  if (progress.status !== 'running') {
    throw new Error(`the step is ${progress.status}`);
  }
  return { rechecks: progress.rechecks, againAfterSeconds: (Date.parse(progress.wakeAt) - Date.now()) / 1000 };
}

test('rechecks become rarer while nothing happens, up to one an hour', async () => {
  const third = await check({ open: ['wait'], rechecks: 3 });
  expect(third.rechecks).toBe(3);
  expect(third.againAfterSeconds).toBeGreaterThan(7 * recheckSeconds);
  expect(third.againAfterSeconds).toBeLessThanOrEqual(8 * recheckSeconds);
  const later = await check({ open: ['wait'], rechecks: 30 });
  expect(later.againAfterSeconds).toBeGreaterThan(3500);
  expect(later.againAfterSeconds).toBeLessThanOrEqual(3600);
});

test('rechecks are frequent again after one that found other steps running', async () => {
  const { rechecks, againAfterSeconds } = await check({ open: ['before'], rechecks: 30 });
  expect(rechecks).toBe(0);
  expect(againAfterSeconds).toBeLessThanOrEqual(recheckSeconds);
});

const patient = defineOrchestrator({
  name: 'patient',
  summary: 'Wait for the end of a call',
  input: z.strictObject({}),
  example: {},
  events: ['CallDisconnected'],
  shown: [],
  *run(flow) {
    yield* waitForEvent(flow, 'end', ['CallDisconnected'], 'PT1H');
  },
});

/** What the orchestration passes to its next check, after one that has found its step running. */
async function checkedAgain(cause: 'timer' | 'wake'): Promise<LastCheck> {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  const found = JSON.stringify({ status: 'running', steps: 'end', open: ['end'], rechecks: 4, wakeAt: at(10) });
  const played = (second: number) => ({ EventId: -1, IsPlayed: true, Timestamp: at(second) });
  const history: HistoryEvent[] = [
    { ...played(0), EventType: OrchestratorStarted },
    { ...played(0), EventType: ExecutionStarted, Name: 'patient' },
    { ...played(0), EventId: 0, EventType: TaskScheduled, Name: activityNames.batch, Input: '{}' },
    { ...played(1), EventType: OrchestratorStarted },
    { ...played(1), EventType: TaskCompleted, TaskScheduledId: 0, Result: found },
    { ...played(1), EventId: 1, EventType: TimerCreated, FireAt: at(10) },
    { ...played(9), EventType: OrchestratorStarted },
    cause === 'timer'
      ? { ...played(9), EventType: TimerFired, TimerId: 1, FireAt: at(10) }
      : { ...played(9), EventType: EventRaised, Name: durableNames.wake, Input: '{}' },
  ];
  const input = { sequenceId: '0ecd2c5a-6915-4e16-8e6d-7a8cf417c8a9', shown: {} };
  const { actions } = await runOrchestrator(orchestrationOf(patient), input.sequenceId, input, history);
  const checks = actions.flat().flatMap((action) => ('input' in action ? [action.input as unknown as BatchInput] : []));
  const last = checks.at(-1);
  if (last === undefined) {
    throw new Error('it checks nothing');
  }
  return last.since;
}

test('a recheck counts on, and a wake starts the count again, in case the next wake is lost', async () => {
  expect(await checkedAgain('timer')).toEqual({ open: ['end'], rechecks: 5 });
  expect(await checkedAgain('wake')).toEqual({ open: ['end'], rechecks: 0 });
});
