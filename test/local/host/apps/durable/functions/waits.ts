import * as df from 'durable-functions';

/** The time an hour after the orchestrator's now. */
const inAnHour = ({ df: { currentUtcDateTime } }: df.OrchestrationContext) =>
  new Date(currentUtcDateTime.getTime() + 3_600_000);

df.app.orchestration('untilEvent', function* (context) {
  const timer = context.df.createTimer(inAnHour(context));
  const event = context.df.waitForExternalEvent('go');
  const winner = yield context.df.Task.any([event, timer]);
  if (winner === event) {
    timer.cancel();
    return event.result;
  }
  return 'too late';
});

df.app.orchestration('leavesTimer', function* (context) {
  yield context.df.Task.any([context.df.waitForExternalEvent('go'), context.df.createTimer(inAnHour(context))]);
  return 'done';
});

/** Takes events, one after the other, after an activity that gives them time to arrive before the wait. */
df.app.orchestration('collects', function* (context) {
  const got: unknown[] = [];
  yield context.df.waitForExternalEvent('open');
  for (let count = context.df.getInput<number>() ?? 0; count > 0; count -= 1) {
    got.push(yield context.df.waitForExternalEvent('item'));
  }
  return got;
});

df.app.orchestration('reports', function* (context) {
  context.df.setCustomStatus({ step: 1 });
  yield context.df.waitForExternalEvent('go');
  context.df.setCustomStatus({ step: 2 });
  yield context.df.waitForExternalEvent('go');
  return 'done';
});

df.app.orchestration('sleeps', function* (context) {
  const days = context.df.getInput<number>() ?? 0;
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + days * 86_400_000));
  return context.df.currentUtcDateTime.toISOString();
});

df.app.activity('slowly', {
  handler: async (input: unknown) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    return input;
  },
});

df.app.activity('takes', {
  handler: async (ms: number) => {
    const startedAt = Date.now();
    await new Promise((resolve) => setTimeout(resolve, ms));
    return startedAt;
  },
});

/** Answers with the time at which its activity, which takes the milliseconds of the input, was started for the last time. */
df.app.orchestration('takesLong', function* (context) {
  return yield context.df.callActivity('takes', context.df.getInput());
});

/** Calls a sub-orchestration whose activity takes the milliseconds of the input. */
df.app.orchestration('callsLong', function* (context) {
  return yield context.df.callSubOrchestrator('takesLong', context.df.getInput(), `${context.df.instanceId}-child`);
});

/** Everything that a crash can interrupt: activities, a timer, a sub-orchestration, an event, continuing as new. */
df.app.orchestration('journey', function* (context) {
  const { left, seen } = context.df.getInput<{ left: number; seen: unknown[] }>() ?? { left: 0, seen: [] };
  if (left === 0) {
    return [...seen, yield context.df.waitForExternalEvent('arrive')];
  }
  const steps: unknown[] = [];
  for (const step of ['a', 'b', 'c']) {
    steps.push(yield context.df.callActivity('slowly', `${step}${left}`));
  }
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 20));
  const [greeting]: string[] = yield context.df.callSubOrchestrator('chain', [left]);
  context.df.continueAsNew({ left: left - 1, seen: [...seen, ...steps, greeting] });
  return undefined;
});
