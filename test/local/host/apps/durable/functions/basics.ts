import { app } from '@azure/functions';
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

df.app.orchestration('untilEvent', function* (context) {
  const timer = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 3_600_000));
  const event = context.df.waitForExternalEvent('go');
  const winner = yield context.df.Task.any([event, timer]);
  if (winner === event) {
    timer.cancel();
    return event.result;
  }
  return 'too late';
});

app.http('client', {
  methods: ['POST'],
  route: 'client/{name}',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const id = await df.getClient(context).startNew(String(request.params.name), { input: await request.json() });
    return { jsonBody: { id } };
  },
});
