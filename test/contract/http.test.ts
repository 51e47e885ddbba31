/** What HTTP asks of every endpoint alike: common headers, HEAD, OPTIONS, CORS, unknown paths and methods, ETags. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { type Answer, request } from '../support/api.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { makeResources, pathOf, type Resources, unknownResources } from './requests.ts';

const test = ownHostOnly('starts the app with an origin that may call it, and counts its requests to storage');

const origin = 'https://app.contoso.com';

let board: Switchboard;
let resources: Resources;

beforeAll(async () => {
  const settings = {
    ...withoutTimers,
    EVENT_LOG_DAYS: '7',
    AUDIT_DAYS: '7',
    NOTIFY_HOSTS: 'example.com',
    NOTIFY_RETRY_SECONDS: '3600',
    STREAM_SECONDS: '1',
  };
  board = await startSwitchboard({ ...settings, CORS_ORIGINS: origin });
  resources = await makeResources(board);
});
afterAll(() => board.close());

const reads = endpoints.filter(({ method }) => method === 'GET');
const jsonReads = reads.filter(({ success: [{ contentTypes }] }) => contentTypes === undefined);
/** Whether the answer is made as it is sent, so that its length is not known before. */
const isStream = ({ success: [{ contentTypes = [] }] }: Endpoint) =>
  ['text/event-stream', 'application/jsonl'].some((type) => contentTypes.includes(type));
const paths = [...new Map(endpoints.map((endpoint) => [endpoint.path, endpoint])).values()];

/** The methods of a path in the order of the alphabet, those of a path with a parameter in place of its literal too. */
function methodsOf(path: string): string[] {
  const methods = endpoints.filter((one) => takes(one.path, path)).map(({ method }) => method);
  return [...new Set(methods), ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
}

/** A check that compares two readings: what was read may change between them, as events appear in the log a while after they happened. */
const onceStill = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 500 });

const listed = (header: string | null) => (header ?? '').split(', ').sort();

test.each(endpoints)('$name answers with a request id and the version of the API, also a refusal', async (endpoint) => {
  const path = pathOf(endpoint, unknownResources());
  const wrong = `${path}${path.includes('?') ? '&' : '?'}colour=red`;
  const answer = await board.api(endpoint.method, wrong, endpoint.method === 'GET' ? undefined : {});
  expect(answer.headers.get('api-version')).toBe('2026-11-30');
  expect(answer.headers.get('x-request-id')).toBe(answer.body.correlationId);
  expect(problemIn(answer).problem).toMatch(/^4/);
});

test('the id of a request is the one that it came with, unless that is no id', async () => {
  const ask = async (id: string) => {
    const { headers, body } = await board.api('GET', 'calls/unknown', undefined, { 'x-request-id': id });
    expect(headers.get('x-request-id')).toBe(body.correlationId);
    return body.correlationId;
  };
  for (const id of [randomUUID(), '4bf92f3577b34da6a3ce929d0e0e4736', '01J9ZQ3KX5YB2V7T8W4N6M1R0C']) {
    expect(await ask(id)).toBe(id);
  }
  for (const id of ['14255550123', 'Alice Smith 4255550123', 'x'.repeat(200), '<script>alert(1)</script>']) {
    expect(await ask(id)).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test.each(reads)('HEAD of $name answers as GET does, without the body', (endpoint) =>
  onceStill(async () => {
    const path = pathOf(endpoint, resources);
    const got = await board.api('GET', path);
    const head = await board.api('HEAD', path);
    expect({ status: head.status, body: head.body }).toEqual({ status: got.status, body: '' });
    const names = ['content-type', 'etag', 'cache-control', 'api-version'];
    const shown = ({ headers }: Answer) => names.map((name) => headers.get(name));
    expect(shown(head)).toEqual(shown(got));
    if (!isStream(endpoint)) {
      const bytes = await (await request(`${board.url}/api/${path}`)).arrayBuffer();
      expect(Number(head.headers.get('content-length'))).toBe(bytes.byteLength);
    }
  }),
);

test.each(paths)('OPTIONS of $path names its methods', async (endpoint) => {
  const { status, headers, body } = await board.api('OPTIONS', pathOf(endpoint, resources).split('?')[0] ?? '');
  expect({ status, body, methods: listed(headers.get('allow')) }).toEqual({
    status: 204,
    body: '',
    methods: methodsOf(endpoint.path),
  });
});

test.each(paths)('$path refuses the methods that it does not have, and names those that it has', async (endpoint) => {
  const path = pathOf(endpoint, resources).split('?')[0] ?? '';
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    if (!methodsOf(endpoint.path).includes(method)) {
      const answer = await board.api(method, path);
      expect(problemIn(answer).problem).toBe('405 methodNotAllowed');
      expect(listed(answer.headers.get('allow'))).toEqual(methodsOf(endpoint.path));
    }
  }
});

/** Whether one path matches whatever another does. */
function takes(one: string, other: string): boolean {
  const [left, right] = [one.split('/'), other.split('/')];
  return left.length === right.length && left.every((part, at) => part.startsWith('{') || part === right[at]);
}

test('a path that the API does not have is 404, whatever the method', async () => {
  for (const path of ['colours', 'calls/x/y/z', 'v1/calls', 'callbacks', 'a/b/c/d/e/f/g']) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await board.api(method, path);
      expect(problemIn(answer).problem).toBe('404 notFound');
    }
  }
  expect((await board.api('HEAD', 'colours')).status).toBe(404);
});

test('a path with an empty segment is 404 by the host, which takes no route for it', async () => {
  for (const path of ['/calls', 'calls//x', '/']) {
    const { status, body } = await board.api('GET', path);
    expect({ path, status, body }).toEqual({ path, status: 404, body: '' });
  }
});

test('the callback of ACS has a path with a method, too', async () => {
  const answer = await board.api('GET', 'callbacks/x');
  expect(problemIn(answer).problem).toBe('405 methodNotAllowed');
  expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
});

test('GET /api links to every endpoint that can be read without an id, and each link works', async () => {
  const response = await request(`${board.url}/api`);
  const { links } = (await response.json()) as { links: { rel: string; href: string }[] };
  expect(links.map(({ rel }) => rel)).toEqual(
    expect.arrayContaining(['listCalls', 'listRecordings', 'listWebhooks', 'health', 'openApi']),
  );
  for (const { href } of links) {
    expect((await request(href, { method: 'HEAD' })).status, href).toBe(200);
  }
});

test.each(jsonReads)('$name is 304 for the version that the client has', (endpoint) =>
  onceStill(async () => {
    const path = pathOf(endpoint, resources);
    const { headers } = await board.api('GET', path);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w.-]+"$/);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await board.api('GET', path, undefined, { 'if-none-match': known });
      expect({ status: again.status, body: again.body, etag: again.headers.get('etag') }).toEqual({
        status: 304,
        body: '',
        etag,
      });
    }
    const other = await board.api('GET', path, undefined, { 'if-none-match': '"other"' });
    expect(other.status).toBe(200);
  }),
);

test('the version of a call changes with the call', async () => {
  const path = `calls/${resources.callId}`;
  const etag = (await board.api('GET', path)).headers.get('etag') ?? '';
  await board.api('POST', `${path}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const answer = await board.api('GET', path, undefined, { 'if-none-match': etag });
  expect(answer.body).toMatchObject({ status: 'disconnected' });
});

test('a browser of an allowed origin may send and read what clients need, on every path', async () => {
  for (const endpoint of paths) {
    const path = pathOf(endpoint, resources).split('?')[0] ?? '';
    const asked = { origin, 'access-control-request-method': endpoint.method };
    const { status, headers } = await board.api('OPTIONS', path, undefined, asked);
    expect({ path, status, origin: headers.get('access-control-allow-origin') }).toEqual({ path, status: 204, origin });
    expect(listed(headers.get('access-control-allow-methods'))).toEqual(methodsOf(endpoint.path));
    expect(listed(headers.get('access-control-allow-headers'))).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'idempotency-key',
        'if-match',
        'prefer',
        'last-event-id',
      ]),
    );
  }
  for (const path of ['calls', 'calls/unknown', 'colours']) {
    const { headers } = await board.api('GET', path, undefined, { origin });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('vary')).toContain('Origin');
    expect(listed(headers.get('access-control-expose-headers'))).toEqual(
      expect.arrayContaining(['etag', 'location', 'operation-location', 'retry-after', 'x-request-id']),
    );
  }
});

test('every header of a response is exposed to browsers', async () => {
  const { headers } = await board.api('GET', 'calls', undefined, { origin });
  const exposed = listed(headers.get('access-control-expose-headers'));
  const safelisted = ['cache-control', 'content-length', 'content-type'];
  const declared = endpoints.flatMap(({ success }) =>
    success.flatMap((one) => Object.keys({ ...one.headers, ...one.optionalHeaders })),
  );
  const names = new Set(declared.map((name) => name.toLowerCase()).filter((name) => !safelisted.includes(name)));
  expect([...names].filter((name) => !exposed.includes(name))).toEqual([]);
});

test('a browser of any other origin gets no header that lets it in', async () => {
  for (const other of ['https://app.contoso.com.evil.example', 'http://app.contoso.com', 'null']) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await board.api(method, 'calls', undefined, { origin: other });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
    }
  }
});
