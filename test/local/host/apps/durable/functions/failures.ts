import * as df from 'durable-functions';

const attempts = new Map<string, number>();

/** Fails until it has been tried often enough. */
df.app.activity('flaky', {
  handler: ({ key, failures }: { key: string; failures: number }) => {
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    if (attempt <= failures) {
      throw new Error(`attempt ${attempt} failed`);
    }
    return attempt;
  },
});

interface Retries {
  readonly failures: number;
  readonly maxAttempts: number;
}

df.app.orchestration('retries', function* (context) {
  const { failures, maxAttempts } = context.df.getInput<Retries>() ?? { failures: 0, maxAttempts: 1 };
  const options = new df.RetryOptions(1000, maxAttempts);
  options.backoffCoefficient = 2;
  const input = { key: context.df.instanceId, failures };
  try {
    const attempt: number = yield context.df.callActivityWithRetry('flaky', options, input);
    return `succeeded at attempt ${attempt}`;
  } catch (error) {
    yield context.df.callActivity('echo', 'after the last failure');
    return `retries exhausted: ${error instanceof Error ? error.message : error}`;
  }
});

df.app.orchestration('retriesInTime', function* (context) {
  const options = new df.RetryOptions(1000, 5);
  options.retryTimeoutInMilliseconds = 1;
  yield context.df.callActivityWithRetry('flaky', options, { key: context.df.instanceId, failures: 9 });
});

df.app.orchestration('throws', function* (context) {
  yield context.df.callActivity('echo', 1);
  throw new Error('as asked');
});

df.app.orchestration('failsAmong', function* (context) {
  const failing = context.df.callActivity('flaky', { key: context.df.instanceId, failures: 1 });
  try {
    yield context.df.Task.all([failing, context.df.waitForExternalEvent('go')]);
  } catch {
    context.df.setCustomStatus('caught');
    return yield context.df.callActivity('echo', 'went on');
  }
  return 'no failure';
});

df.app.orchestration('callsOddId', function* (context) {
  yield context.df.callSubOrchestrator('chain', [], 'a/b');
});

df.app.orchestration('callsMissing', function* (context) {
  yield context.df.callActivity('missing');
});

df.app.orchestration('callsHttp', function* (context) {
  yield context.df.callHttp({ method: 'GET', url: 'http://127.0.0.1:1/' });
});

df.app.orchestration('callsEntity', function* (context) {
  yield context.df.callEntity(new df.EntityId('counter', 'a'), 'add', 1);
});

df.app.orchestration('locks', function* (context) {
  yield context.df.lock(new df.EntityId('counter', 'a'));
});

df.app.orchestration('reusesTask', function* (context) {
  const event = context.df.waitForExternalEvent('go');
  const timer = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 3_600_000));
  yield context.df.Task.any([event, timer]);
  yield context.df.Task.any([context.df.waitForExternalEvent('go'), timer]);
});

let isChanged = false;

/** Another activity the second time around. */
df.app.orchestration('changes', function* (context) {
  yield context.df.callActivity(isChanged ? 'greet' : 'echo', 'x');
  isChanged = true;
  yield context.df.waitForExternalEvent('go');
});
