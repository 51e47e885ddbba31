import { setTimeout as delay } from 'node:timers/promises';
import functions, { app, type HttpResponse } from '@azure/functions';

app.get('nothing', { handler: () => undefined as unknown as HttpResponse });
app.get('teapot', { handler: () => ({ status: 418, headers: { 'x-brew': 'tea' }, body: 'short and stout' }) });
app.get('bytes', { handler: () => ({ body: Uint8Array.of(0, 255, 1) }) });
app.get('response', { handler: () => new functions.HttpResponse({ status: 201, jsonBody: { made: true } }) });
app.get('cookies', {
  handler: () => ({
    cookies: [
      { name: 'plain', value: 'a b' },
      { name: 'full', value: '1', path: '/x', secure: true, httpOnly: true, sameSite: 'Strict' as const, maxAge: 60 },
      { name: 'dated', value: '2', expires: new Date('2030-01-01T00:00:00Z'), sameSite: 'None' as const },
    ],
  }),
});
app.get('throws', {
  handler: () => {
    throw new Error('out of tea');
  },
});
app.get('badHeader', {
  handler: () => ({ headers: { 'transfer-encoding': 'chunked', connection: 'close' }, body: 'x' }),
});
app.get('notAResponse', { handler: () => 'text' as unknown as HttpResponse });
app.get('leavesRejection', {
  handler: () => {
    void Promise.reject(new Error('not awaited'));
    return { body: 'done' };
  },
});
app.post('slow', {
  handler: async (request, context) => {
    context.log('started');
    await delay(Number(request.query.get('ms')));
    return { body: 'slow but done' };
  },
});
