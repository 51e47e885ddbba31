import * as df from 'durable-functions';

/** Sets a custom status of as many characters as its input says. */
df.app.orchestration('reportsAtLength', function* (context) {
  context.df.setCustomStatus('x'.repeat(context.df.getInput<number>() ?? 0));
  yield context.df.waitForExternalEvent('go');
  return 'done';
});

/** Is there to be disabled by a setting. */
df.app.orchestration('isOff', function* (context) {
  yield context.df.waitForExternalEvent('go');
});

/** Retries an activity with the two intervals of its input, in days. */
df.app.orchestration('retriesInDays', function* (context) {
  const [firstDays, longestDays] = context.df.getInput<[number, number?]>() ?? [0];
  const options = new df.RetryOptions(firstDays * 86_400_000, 2);
  if (longestDays !== undefined) {
    options.maxRetryIntervalInMilliseconds = longestDays * 86_400_000;
  }
  return yield context.df.callActivityWithRetry('echo', options, 'echoed');
});

/** Calls a sub-orchestration under the id of its input, which defaults to its own. */
df.app.orchestration('callsUnder', function* (context) {
  const id = context.df.getInput<string>() ?? context.df.instanceId;
  return yield context.df.callSubOrchestrator('chain', ['Sub'], id);
});

/** Calls a sub-orchestration that calls one under the id of this one. */
df.app.orchestration('isCalledBack', function* (context) {
  return yield context.df.callSubOrchestrator('callsUnder', context.df.instanceId);
});

/** Sets a custom status, continues as new, and then waits for two events without setting one. */
df.app.orchestration('leavesStatus', function* (context) {
  if (!context.df.getInput<{ again?: boolean }>()?.again) {
    context.df.setCustomStatus('left');
    yield context.df.callActivity('echo', 1);
    context.df.continueAsNew({ again: true });
    return undefined;
  }
  yield context.df.waitForExternalEvent('first');
  yield context.df.waitForExternalEvent('second');
  return 'done';
});
