import type { OrchestrationContext, RetryOptions, Task } from 'durable-functions';
import * as df from 'durable-functions';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  eventTypes,
  type HistoryEvent,
  historyEvent,
  type Message,
  type ScheduledEvent,
} from '../../../../../local/host/durable/history.ts';
import { replay } from '../../../../../local/host/durable/replay/replay.ts';
import { runOrchestrator } from '../../../../support/orchestrator-engine.ts';
import { runs } from '../../../../support/property-runs.ts';

/** What an orchestrator waits for. */
type Step =
  | { readonly kind: 'activity' | 'sub'; readonly name: string }
  | { readonly kind: 'flaky'; readonly name: string; readonly failures: number }
  | { readonly kind: 'timer' }
  | { readonly kind: 'event'; readonly name: string }
  | { readonly kind: 'all' | 'any'; readonly steps: readonly Step[] };

const name = fc.integer({ min: 0, max: 999 }).map((number) => `n${number}`);
const { step } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.record({ kind: fc.constantFrom('activity', 'sub'), name }),
    fc.record({ kind: fc.constant('flaky'), name, failures: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ kind: fc.constant('timer') }),
    fc.record({ kind: fc.constant('event'), name: fc.constantFrom('left', 'right') }),
    fc.record({ kind: fc.constantFrom('all', 'any'), steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }) }),
  ) as fc.Arbitrary<Step>,
}));
const steps = fc.array(step, { minLength: 1, maxLength: 5 });
/** Which of what is open comes next, and how much of it at once. */
const order = fc.infiniteStream(fc.nat(30));

const policy: RetryOptions = new df.RetryOptions(10, 3);
const inAMinute = ({ df: { currentUtcDateTime } }: OrchestrationContext) =>
  new Date(currentUtcDateTime.getTime() + 60_000);

function taskFor(one: Step, context: OrchestrationContext): Task {
  const { Task: compound } = context.df;
  switch (one.kind) {
    case 'activity':
      return context.df.callActivity('echo', one.name);
    case 'sub':
      return context.df.callSubOrchestrator('echo', one.name);
    case 'flaky':
      return context.df.callActivityWithRetry('flaky', policy, one);
    case 'timer':
      return context.df.createTimer(inAMinute(context));
    case 'event':
      return context.df.waitForExternalEvent(one.name);
    default:
      return compound[one.kind](one.steps.map((inner) => taskFor(inner, context)));
  }
}

/** Whether a result is one that the step can have. */
function isResultOf(one: Step, result: unknown): boolean {
  switch (one.kind) {
    case 'activity':
    case 'sub':
    case 'flaky':
      return result === one.name;
    case 'event':
      return result === `to ${one.name}`;
    case 'all':
      return Array.isArray(result) && one.steps.every((inner, index) => isResultOf(inner, result[index]));
    case 'any':
      return one.steps.some((inner) => isResultOf(inner, result));
    default:
      return result === undefined || result === null;
  }
}

/** Ends work as its step says: a flaky activity fails as often as it is to. */
function outcome(work: ScheduledEvent, failed: Map<string, number>): Message {
  if (work.EventType === eventTypes.TimerCreated) {
    return { EventType: eventTypes.TimerFired, TimerId: work.EventId, FireAt: work.FireAt };
  }
  const TaskScheduledId = work.EventId;
  if (work.EventType === eventTypes.SubOrchestrationInstanceCreated) {
    return { EventType: eventTypes.SubOrchestrationInstanceCompleted, TaskScheduledId, Result: work.Input };
  }
  if (work.Name === 'echo') {
    return { EventType: eventTypes.TaskCompleted, TaskScheduledId, Result: work.Input };
  }
  const { name: called, failures } = JSON.parse(work.Input) as { name: string; failures: number };
  const count = failed.get(work.Input) ?? 0;
  failed.set(work.Input, count + 1);
  return count < failures
    ? { EventType: eventTypes.TaskFailed, TaskScheduledId, Reason: 'not yet', Details: 'not yet' }
    : { EventType: eventTypes.TaskCompleted, TaskScheduledId, Result: JSON.stringify(called) };
}

/** What a task of `any` stands for in the end. */
function unwrap(result: unknown): unknown {
  if (Array.isArray(result)) {
    return result.map(unwrap);
  }
  const isTask = typeof result === 'object' && result !== null && 'isFaulted' in result;
  return isTask ? unwrap(Reflect.get(result, 'result')) : result;
}

/**
 * Runs a program to its end, an episode after the other, in the order that the numbers give. The library's engine numbers
 * tasks by itself: what the replay must agree with.
 */
async function run(program: readonly Step[], numbers: Iterator<number>) {
  function* orchestrator(context: OrchestrationContext): Generator<Task, unknown, unknown> {
    const results: unknown[] = [];
    for (const one of program) {
      results.push(unwrap(yield taskFor(one, context)));
    }
    return results;
  }
  const next = (below: number) => Number(numbers.next().value) % below;
  const failed = new Map<string, number>();
  const open = new Map<number, ScheduledEvent>();
  let history: HistoryEvent[] = [];
  let messages: Message[] = [{ EventType: eventTypes.ExecutionStarted, Name: 'program' }];
  for (let episode = 0; episode < 1000; episode += 1) {
    const now = new Date(Date.UTC(2026, 0, 1) + episode * 1000);
    const received = [{ EventType: eventTypes.OrchestratorStarted }, ...messages].map((one) => historyEvent(one, now));
    const known = [...history, ...received];
    const state = await runOrchestrator(orchestrator, 'i', null, known);
    const actions = state.actions.flat();
    const replayed = replay(actions, known, 'execution');
    history = [...known, ...replayed.scheduled.map((one) => historyEvent(one, now))];
    expect(replay(actions, history, 'execution').scheduled).toEqual([]);
    for (const work of replayed.scheduled) {
      open.set(work.EventId, work);
    }
    if (state.isDone && replayed.isSettled) {
      return { output: state.output, history, actions };
    }
    messages = Array.from({ length: 1 + next(3) }, () => {
      const ids = [...open.keys()];
      const [choice, event] = [next(ids.length + 2), next(2) === 0 ? 'left' : 'right'];
      const work = open.get(ids[choice] ?? -1);
      open.delete(ids[choice] ?? -1);
      return work === undefined
        ? { EventType: eventTypes.EventRaised, Name: event, Input: JSON.stringify(`to ${event}`) }
        : outcome(work, failed);
    });
  }
  throw new Error('The program did not end.');
}

it('agrees with the library on what is asked for, under which number, and which result belongs to what', async () => {
  await fc.assert(
    fc.asyncProperty(steps, order, async (program, numbers) => {
      const { output, history } = await run(program, numbers[Symbol.iterator]());

      expect(isResultOf({ kind: 'all', steps: program }, output)).toBe(true);
      const ids = history.filter(({ EventId }) => EventId >= 0).map(({ EventId }) => EventId);
      expect(ids).toEqual(ids.map((_, index) => index));
    }),
    runs(150),
  );
});

it('notices when the code no longer asks for what the history has', async () => {
  await fc.assert(
    fc.asyncProperty(steps, order, fc.nat(), async (program, numbers, choice) => {
      const { history, actions } = await run(program, numbers[Symbol.iterator]());
      const named = history.filter((event) => event.EventId >= 0 && 'Name' in event);
      fc.pre(named.length > 0);
      const changed = named[choice % named.length];
      const renamed = history.map((event) => (event === changed ? { ...event, Name: 'another' } : event));

      expect(() => replay(actions, renamed, 'execution')).toThrow(/not deterministic: its history has .* another/);
      expect(() => replay([], history, 'execution')).toThrow(/now it asked for nothing there/);
    }),
    runs(30),
  );
});
