/** Rows on how a history is shown. */

import { expect } from 'vitest';
import type { DurableApi } from '../support.ts';
import { newId, type Row } from './row.ts';

const source = 'DurableClient.GetDurableOrchestrationStatusAsync';
const time = expect.any(String);

type Event = Record<string, unknown>;

/** Tracing's members, which are always null or false here, left out. */
const ofTracing = [
  'Correlation',
  'ParentTraceContext',
  'ScheduledStartTime',
  'GenerateNewTrace',
  'FailureDetails',
  'ClientSpanId',
  'Tags',
];

async function historyOf({ api }: DurableApi, id: string, query = ''): Promise<Event[]> {
  const { body } = await api('GET', `instances/${id}?showHistory=true${query}`);
  return body.historyEvents.map((event: Event) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => !ofTracing.includes(name))),
  );
}

async function endedHistory(host: DurableApi, name: string, input: unknown, query?: string): Promise<Event[]> {
  const id = await host.start(name, input, newId());
  await host.ended(id);
  return historyOf(host, id, query);
}

export const historyRows: readonly Row[] = [
  {
    what: 'a history starts with FunctionName and the input as text, and ends with ExecutionCompleted',
    source,
    act: (host) => endedHistory(host, 'chain', ['Ann']),
    expected: [
      { EventType: 'ExecutionStarted', Input: '["Ann"]', Generation: 0, FunctionName: 'chain', Timestamp: time },
      { EventType: 'TaskCompleted', ScheduledTime: time, FunctionName: 'greet', Input: null, Timestamp: time },
      { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Completed', Timestamp: time },
    ],
  },
  {
    what: 'a history shows results when asked to, and inputs unless asked not to',
    source,
    act: (host) => endedHistory(host, 'chain', ['Ann'], '&showHistoryOutput=true&showInput=false'),
    expected: [
      { EventType: 'ExecutionStarted', Generation: 0, FunctionName: 'chain', Timestamp: time },
      { EventType: 'TaskCompleted', Result: 'Hello Ann', ScheduledTime: time, FunctionName: 'greet', Timestamp: time },
      { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Completed', Result: ['Hello Ann'], Timestamp: time },
    ],
  },
  {
    what: 'a history shows a timer when it was created and when it fired',
    source,
    act: (host) => endedHistory(host, 'sleeps', 0.2 / 86_400),
    expected: [
      expect.objectContaining({ EventType: 'ExecutionStarted' }),
      { EventType: 'TimerCreated', FireAt: time, Timestamp: time },
      { EventType: 'TimerFired', FireAt: time, Timestamp: time },
      expect.objectContaining({ EventType: 'ExecutionCompleted' }),
    ],
  },
  {
    what: 'a history shows a failure with its reason, and the failure of the instance',
    source,
    act: async (host) =>
      (await endedHistory(host, 'retries', { failures: 1, maxAttempts: 1 }, '&showHistoryOutput=true')).slice(1),
    expected: [
      {
        EventType: 'TaskFailed',
        Reason: "Activity function 'flaky' failed: attempt 1 failed",
        Details: expect.stringContaining('attempt 1 failed'),
        ScheduledTime: time,
        FunctionName: 'flaky',
        Input: null,
        Timestamp: time,
      },
      { EventType: 'TimerCreated', FireAt: time, Timestamp: time },
      { EventType: 'TimerFired', FireAt: time, Timestamp: time },
      expect.objectContaining({ EventType: 'TaskCompleted', FunctionName: 'echo' }),
      expect.objectContaining({ EventType: 'ExecutionCompleted', Result: expect.stringMatching(/^retries exhausted/) }),
    ],
  },
  {
    what: 'a history shows sub-orchestrations with their id, by their outcome once there is one',
    source,
    act: async (host) => {
      const id = newId();
      await host.start('callsRunning', `${id}-child`, id);
      await host.becomes(`${id}-child`, ({ runtimeStatus }) => runtimeStatus === 'Running');
      const open = (await historyOf(host, id)).slice(1);
      await host.raise(`${id}-child`, 'go', 'on');
      await host.ended(id);
      const shorten = (event: Event) => ({ ...event, InstanceId: String(event.InstanceId).replace(id, '') });
      return [...open.map(shorten), ...(await historyOf(host, id)).slice(1, 2).map(shorten)];
    },
    expected: [
      {
        EventType: 'SubOrchestrationInstanceCreated',
        Name: 'untilEvent',
        InstanceId: '-child',
        Input: null,
        Timestamp: time,
      },
      {
        EventType: 'SubOrchestrationInstanceCompleted',
        ScheduledTime: time,
        FunctionName: 'untilEvent',
        InstanceId: '-child',
        Input: null,
        Timestamp: time,
      },
    ],
  },
  {
    what: 'a history shows events and orders, with what they carried',
    source,
    act: async (host) => {
      const id = await host.start('untilEvent', 1, newId());
      await host.becomes(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
      await host.raise(id, 'other', 'x');
      await host.becomes(id, ({ lastUpdatedTime }) => lastUpdatedTime !== undefined);
      await host.api('POST', `instances/${id}/suspend?reason=lunch`);
      await host.becomes(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
      await host.api('POST', `instances/${id}/terminate?reason=over`);
      await host.ended(id);
      return (await historyOf(host, id)).slice(2);
    },
    expected: [
      { EventType: 'EventRaised', Name: 'other', Input: '"x"', Timestamp: time },
      { EventType: 'ExecutionSuspended', Reason: 'lunch', Timestamp: time },
      { EventType: 'ExecutionTerminated', Input: 'over', Timestamp: time },
      { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Terminated', Timestamp: time },
    ],
  },
];
