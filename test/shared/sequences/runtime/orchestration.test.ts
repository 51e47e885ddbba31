/** The orchestration of a sequence after a failed activity, which no request can bring about. */
import { expect, test } from 'vitest';
import { eventTypes, type HistoryEvent } from '../../../../local/host/durable/history.ts';
import { durableNames, runSequence } from '../../../../shared/sequences/runtime/orchestration.ts';
import { runOrchestrator } from '../../../support/orchestrator-engine.ts';

const sequenceId = '0ecd2c5a-6915-4e16-8e6d-7a8cf417c8a9';
const played = { EventId: -1, Timestamp: '2026-01-01T12:00:00.000Z', IsPlayed: true };
const now = { ...played, IsPlayed: false };
const { OrchestratorStarted, ExecutionStarted, TaskScheduled, TaskFailed } = eventTypes;

test('a failed attempt is retried later, and its reason is not published', async () => {
  const history: readonly HistoryEvent[] = [
    { ...played, EventType: OrchestratorStarted },
    { ...played, EventType: ExecutionStarted, Name: durableNames.orchestrator },
    { ...played, EventId: 0, EventType: TaskScheduled, Name: durableNames.activity, Input: '{}' },
    { ...now, EventType: OrchestratorStarted },
    { ...now, EventType: TaskFailed, TaskScheduledId: 0, Reason: 'storage is unavailable', Details: '' },
  ];

  const { isDone, actions, customStatus } = await runOrchestrator(runSequence, sequenceId, { sequenceId }, history);

  expect({ isDone, customStatus }).toEqual({ isDone: false, customStatus: { status: 'running', open: [] } });
  expect(JSON.stringify(actions)).toContain('"fireAt":"2026-01-01T12:00:05.000Z"');
});
