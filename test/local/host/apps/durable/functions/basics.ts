import * as df from 'durable-functions';

df.app.activity('greet', { handler: (name: string) => `Hello ${name}` });
df.app.activity('echo', { handler: (input: unknown) => input });

df.app.orchestration('chain', function* (context) {
  const greetings: string[] = [];
  for (const name of context.df.getInput<string[]>() ?? []) {
    greetings.push(yield context.df.callActivity('greet', name));
  }
  return greetings;
});

df.app.orchestration('fan', function* (context) {
  const inputs = context.df.getInput<unknown[]>() ?? [];
  return yield context.df.Task.all(inputs.map((input) => context.df.callActivity('echo', input)));
});

df.app.orchestration('version', function* (context) {
  yield context.df.callActivity('greet', 'x');
  return [context.df.version, context.df.instanceId, context.df.parentInstanceId ?? null];
});
