import { app } from '@azure/functions';

app.http('hello', {
  route: 'hello/{name?}',
  handler: async (request) => ({ jsonBody: { hello: request.params.name ?? 'world', text: await request.text() } }),
});
app.eventGrid('events', { handler: (event, context) => context.log(event.id) });
app.timer('tick', { schedule: '0 * * * * *', handler: (_timer, context) => context.log('tick') });
