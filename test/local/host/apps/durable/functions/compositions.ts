import * as df from 'durable-functions';

df.app.orchestration('parent', function* (context) {
  const own: string[] = yield context.df.callSubOrchestrator('chain', ['Sub']);
  const named: unknown = yield context.df.callSubOrchestrator('version', 'x', `${context.df.instanceId}-child`);
  return [own, named];
});

df.app.orchestration('callsThrower', function* (context) {
  try {
    yield context.df.callSubOrchestrator('throws');
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
  return 'no failure';
});

df.app.orchestration('retriesSub', function* (context) {
  try {
    yield context.df.callSubOrchestratorWithRetry('throws', new df.RetryOptions(1000, 2));
  } catch {
    return 'retries exhausted';
  }
  return 'no failure';
});

df.app.orchestration('callsRunning', function* (context) {
  try {
    yield context.df.callSubOrchestrator('untilEvent', null, context.df.getInput<string>());
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
  return 'no failure';
});

/** Counts down by continuing as new, an event each time. */
df.app.orchestration('countsDown', function* (context) {
  const { left, got } = context.df.getInput<{ left: number; got: unknown[] }>() ?? { left: 0, got: [] };
  if (left === 0) {
    return got;
  }
  const item: unknown = yield context.df.waitForExternalEvent('item');
  context.df.continueAsNew({ left: left - 1, got: [...got, item] });
  return 'continued';
});
