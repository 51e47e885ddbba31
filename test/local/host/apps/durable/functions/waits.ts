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

/** Takes events, one after the other, after an activity that gives them time to come early. */
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
