import { setTimeout as delay } from 'node:timers/promises';
import { app, type HttpResponse } from '@azure/functions';

app.setup({ enableHttpStream: true });

async function* count() {
  for (const number of ['one ', 'two ', 'three']) {
    yield new TextEncoder().encode(number);
  }
}

/** Streams for as long as a client reads. */
async function* drip() {
  for (let drop = 0; drop < 20; drop += 1) {
    yield new TextEncoder().encode('drop ');
    await delay(10);
  }
}

app.get('drip', { handler: () => ({ body: drip() }) });
app.get('count', { handler: () => ({ headers: { 'content-type': 'text/plain' }, body: count() }) });
app.post('echo', {
  route: 'echo/{name}',
  handler: async (request) => ({
    status: 201,
    cookies: [{ name: 'one', value: '1' }],
    jsonBody: {
      name: request.params.name,
      url: request.url,
      seen: request.headers.get('x-seen'),
      body: await request.text(),
    },
  }),
});
app.get('nothing', { handler: () => undefined as unknown as HttpResponse });
app.post('throws', {
  handler: () => {
    throw new Error('before any answer');
  },
});
