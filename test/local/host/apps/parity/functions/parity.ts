import { app, type HttpRequest, type HttpResponse, type InvocationContext } from '@azure/functions';

app.setup({ enableHttpStream: process.env.PARITY_BUFFERED === undefined });

/** What came by other ways than HTTP since the last look. */
const received: unknown[] = [];
app.get('received', { authLevel: 'anonymous', handler: () => ({ jsonBody: received.splice(0) }) });

/** Returns everything about the request it got. */
async function echo(request: HttpRequest, context: InvocationContext) {
  const { url, params } = request;
  const [headers, query] = [request.headers, request.query].map((pairs) => Object.fromEntries(pairs));
  return { jsonBody: { url, headers, query, params, body: await request.text(), invocationId: context.invocationId } };
}

app.http('echo', { methods: ['GET', 'POST'], route: 'echo/{id?}', authLevel: 'anonymous', handler: echo });
app.get('first', { route: 'items/{id:int}', authLevel: 'anonymous', handler: () => ({ body: 'first' }) });
app.get('second', { route: 'items/{name}', authLevel: 'anonymous', handler: () => ({ body: 'second' }) });
app.get('third', { route: 'items/{name}/{part=main}', authLevel: 'anonymous', handler: echo });
app.get('headers', {
  authLevel: 'anonymous',
  handler: () => ({ status: 418, headers: { server: 'own', 'x-brew': 'tea' }, body: 'short and stout' }),
});
app.get('nothing', { authLevel: 'anonymous', handler: () => undefined as unknown as HttpResponse });
app.get('throws', {
  authLevel: 'anonymous',
  handler: () => {
    throw new Error('out of tea');
  },
});

const doors = { anonymous: 'anonymousDoor', function: 'functionDoor', admin: 'masterDoor' } as const;
for (const authLevel of ['anonymous', 'function', 'admin'] as const) {
  app.get(doors[authLevel], { authLevel, handler: () => ({ body: 'open' }) });
}
app.get('otherDoor', { authLevel: 'function', handler: () => ({ body: 'open' }) });

app.eventGrid('event', {
  handler: (event, context) => {
    if (event.subject === 'fail') {
      throw new Error('out of tea');
    }
    received.push({ event, data: context.triggerMetadata?.data });
  },
});
app.timer('yearly', { schedule: '0 0 0 1 1 *', handler: (timer) => void received.push(timer) });
