import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { LogRecorder } from '../support/log-recorder.ts';

const log = new LogRecorder();
let host: Host;

beforeAll(async () => {
  process.env.SHADOWED = 'from the environment';
  host = await startHost({ root: appRoot('web'), log: log.sink, settings: { GIVEN: 'from the embedder' } });
});
afterAll(() => host.close());

const get = (path: string, init?: RequestInit) => fetch(`${host.url}/api/${path}`, init);
const json = async (path: string, init?: RequestInit) =>
  (await (await get(path, init)).json()) as Record<string, unknown>;

/** Sends bytes as they are, for what fetch would not send. */
async function raw(request: string): Promise<string> {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
  socket.end(request);
  return text(socket);
}

it('passes method, URL, headers, query and body to the function', async () => {
  const seen = await json('echo?a=1&b=x%20y', { method: 'POST', headers: { 'X-Seen': 'yes' }, body: 'naïve 📞' });

  expect(seen).toMatchObject({
    method: 'POST',
    url: `${host.url}/api/echo?a=1&b=x%20y`,
    headers: { 'x-seen': 'yes' },
    query: { a: '1', b: 'x y' },
    params: {},
    body: 'naïve 📞',
  });
});

it('joins repeated query values and headers by commas, as the real host does', async () => {
  const { port } = new URL(host.url);

  const answer = await raw(
    `GET /api/echo?a=1&a=2 HTTP/1.1\r\nHost: localhost:${port}\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n`,
  );

  expect(answer).toContain('"query":{"a":"1,2"}');
  expect(answer).toContain('"x-a":"1,2"');
  expect(answer).toContain(`"url":"http://localhost:${port}/api/echo?a=1&a=2"`);
});

it('drops a chunked body, as the real host does', async () => {
  const body = new Blob(['one ', 'two']).stream();

  const seen = await json('echo', { method: 'PUT', body, duplex: 'half' } as RequestInit);

  expect(seen.body).toBe('');
});

it('drops the body of a GET', async () => {
  const answer = await raw(
    'GET /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody',
  );

  expect(answer).toMatch(/^HTTP\/1\.1 200/);
  expect(answer).toContain('"body":""');
});

it('tries routes in the order of function names, and the first that matches wins', async () => {
  expect(await (await get('items/top')).text()).toBe('top');
  expect(await (await get('items/bolt')).text()).toBe('by name');
  expect((await json('items/7/parts')).params).toEqual({ id: '7' });
  expect((await json('items/7/parts/nut')).params).toEqual({ id: '7', part: 'nut' });
  expect((await get('items/seven/parts')).status).toBe(404);
});

it('gives a catch-all the rest of the path', async () => {
  expect((await json('files/a/b%20c/d.txt')).params).toEqual({ path: 'a/b c/d.txt' });
  expect((await json('files')).params).toEqual({});
});

it('decodes parameters once, all but the slash', async () => {
  const { params } = await json(`participants/${encodeURIComponent('4:+14255550123')}/mute`);
  const slashed = await json('participants/8%3aacs%2Fx%252B/mute');

  expect(params).toEqual({ participant: '4:+14255550123' });
  expect(slashed.params).toEqual({ participant: '8:acs%2Fx%2B' });
});

it.each(['DELETE', 'OPTIONS', 'HEAD', 'PATCH'])(
  'answers 404 to a method that no function serves: %s',
  async (method) => {
    expect((await get('echo', { method })).status).toBe(404);
  },
);

it('matches paths whatever their case and with a slash at the end', async () => {
  expect((await get('ITEMS/Top/')).status).toBe(200);
});

it('chooses by method between functions of one route', async () => {
  expect((await get('items/bolt', { method: 'DELETE' })).status).toBe(204);
});

it('keeps the length that a function states in answer to HEAD', async () => {
  const response = await get('head', { method: 'HEAD' });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-length')).toBe('42');
});

it('answers 204 for a function that returns nothing', async () => {
  const response = await get('nothing');

  expect(response.status).toBe(204);
  expect(await response.text()).toBe('');
});

it('writes status, headers and body that a function returns', async () => {
  const teapot = await get('teapot');
  const made = await get('response');

  expect(teapot.status).toBe(418);
  expect(teapot.headers.get('x-brew')).toBe('tea');
  expect(await teapot.text()).toBe('short and stout');
  expect(made.status).toBe(201);
  expect(made.headers.get('content-type')).toBe('application/json');
  expect(await made.json()).toEqual({ made: true });
  expect([...new Uint8Array(await (await get('bytes')).arrayBuffer())]).toEqual([0, 255, 1]);
});

it('writes cookies as ASP.NET Core does', async () => {
  const { headers } = await get('cookies');

  expect(headers.getSetCookie()).toEqual([
    'plain=a%20b; path=/',
    'full=1; max-age=60; path=/x; samesite=strict; secure; httponly',
    'dated=2; expires=Tue, 01 Jan 2030 00:00:00 GMT; path=/; samesite=none',
  ]);
});

it('leaves the headers of the connection to itself', async () => {
  const response = await get('badHeader');

  expect(response.headers.get('transfer-encoding')).toBeNull();
  expect(await response.text()).toBe('x');
});

it('answers 500 without a body when a function throws, and logs why', async () => {
  const response = await get('throws');
  const [failed] = await log.executed('throws');

  expect(response.status).toBe(500);
  expect(await response.text()).toBe('');
  expect(failed).toMatchObject({ level: 'error', category: 'Function.throws' });
  expect(failed?.message).toContain('out of tea');
  expect((await get('notAResponse')).status).toBe(500);
});

it('resolves settings in routes; given ones win over the environment, that over the file', async () => {
  const { port } = new URL(host.url);

  expect(await (await get('greetings')).json()).toEqual([
    'from the file',
    'from the environment',
    'from the embedder',
    `localhost:${port}`,
  ]);
});

it('runs a function to its end after its client has gone', async () => {
  const leaving = new AbortController();
  const request = get('slow?ms=100', { method: 'POST', signal: leaving.signal });
  await log.matching(({ category, message }) => category === 'Function.slow.User' && message === 'started');

  leaving.abort();

  await expect(request).rejects.toThrow();
  expect((await log.executed('slow'))[0]?.message).toContain('Succeeded');
});

it('answers 500 to a body over the limit, and ignores a limit that is no number', async () => {
  const post = async (limit: string) => {
    process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT = limit;
    const { status } = await get('echo', { method: 'POST', body: 'eleven byte' });
    delete process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;
    return status;
  };

  expect([await post('10'), await post('11'), await post('ten')]).toEqual([500, 200, 200]);
});

it.each([
  ['a Host header that is none', 'GET /api/echo HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
  ['a null character in the path', 'GET /api/files/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ['a target that is no path', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
])('answers 400 to %s', async (_, request) => {
  expect(await raw(request)).toMatch(/^HTTP\/1\.1 400/);
});

it('does not let dots lead into the areas of the host', async () => {
  const answer = await raw(
    'GET /api/files/../../admin/../api/items/top HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  );

  expect(answer).toMatch(/^HTTP\/1\.1 200/);
});

it('shows at its root that it is up, unless a setting says otherwise', async () => {
  expect(await (await fetch(host.url)).text()).toContain('up and running');
  process.env.AzureWebJobsDisableHomepage = 'true';
  const { status } = await fetch(host.url);
  delete process.env.AzureWebJobsDisableHomepage;
  expect(status).toBe(204);
});

it('lists its functions with their URLs', () => {
  expect(host.functions).toContainEqual({
    name: 'item',
    trigger: 'httpTrigger',
    route: `${host.url}/api/items/{id:int}/parts/{part?}`,
    methods: ['GET'],
  });
});

it('serves one app per process', async () => {
  await expect(startHost({ root: appRoot('events'), log: 'off' })).rejects.toThrow('needs a process of its own');
});
