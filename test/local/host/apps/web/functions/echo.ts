import { app, type HttpRequest } from '@azure/functions';

/** Returns everything about the request it got. */
async function echo(request: HttpRequest) {
  return {
    jsonBody: {
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      query: Object.fromEntries(request.query),
      params: request.params,
      body: await request.text(),
    },
  };
}

app.http('echo', { methods: ['GET', 'POST', 'PUT'], handler: echo });
app.get('item', { route: 'items/{id:int}/parts/{part?}', handler: echo });
app.get('itemByName', { route: 'items/{name}', handler: () => ({ body: 'by name' }) });
app.get('bestItem', { route: 'items/top', handler: () => ({ body: 'top' }) });
app.deleteRequest('removeItem', { route: 'items/{name}', handler: () => ({ status: 204 }) });
app.get('files', { route: 'files/{*path}', handler: echo });
app.http('participants', { methods: ['GET'], route: 'participants/{participant}/mute', handler: echo });
app.http('head', { methods: ['HEAD'], route: 'head', handler: () => ({ headers: { 'content-length': '42' } }) });
app.get('settings', {
  route: '%GREETING_ROUTE%',
  handler: () => ({
    jsonBody: [process.env.GREETING, process.env.SHADOWED, process.env.GIVEN, process.env.WEBSITE_HOSTNAME],
  }),
});
