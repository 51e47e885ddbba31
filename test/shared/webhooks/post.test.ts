/** Where a message ends up: at the address that was checked, whatever a name server says next, or nowhere. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Post, post } from '../../../shared/webhooks/post.ts';

type Answer = { address: string; family: number }[] | Error;

/** What the name server answers, one look-up after the other. */
const answers: Answer[] = [];
const asked: string[] = [];

vi.mock('node:dns', () => ({
  lookup(hostname: string, _: object, callback: (error: Error | null, addresses: object) => void) {
    asked.push(hostname);
    const answer = answers.shift() ?? new Error('asked once too often');
    setImmediate(() => (answer instanceof Error ? callback(answer, []) : callback(null, answer)));
  },
}));

let server: Server;
let port: number;
const received: { host: string | undefined; path: string | undefined; body: string }[] = [];
let answer: (
  path: string | undefined,
) => readonly [status: number, headers: Record<string, string>, body?: string] | 'nothing' | 'half' | 'slow';

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) {
      body += chunk;
    }
    received.push({ host: incoming.headers.host, path: incoming.url, body });
    const reply = answer(incoming.url);
    if (reply === 'half') {
      outgoing.writeHead(200, { 'content-length': '10' }).write('half');
      setImmediate(() => outgoing.destroy());
    } else if (reply === 'slow') {
      outgoing.writeHead(503).write('wait');
    } else if (reply !== 'nothing') {
      const [status, headers, body = ''] = reply;
      outgoing.writeHead(status, headers).end(body);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  answers.length = 0;
  asked.length = 0;
  received.length = 0;
  answer = () => [200, {}];
});

const here = { address: '127.0.0.1', family: 4 };
const send = (url: string, over: Partial<Post> = {}) =>
  post({ url, headers: { 'webhook-id': 'm1' }, body: '{"ä":1}', timeoutSeconds: 1, allowsLoopback: true, ...over });

test('a message goes to the address that was checked, under the name that was asked for', async () => {
  answers.push([here]);
  expect(await send(`http://hooks.test:${port}/a?b=c`)).toEqual({ kind: 'answered', status: 200 });
  expect(received).toEqual([{ host: `hooks.test:${port}`, path: '/a?b=c', body: '{"ä":1}' }]);
  expect(asked).toEqual(['hooks.test']);
});

test('a name is looked up once, so that a second answer cannot lead elsewhere', async () => {
  answers.push([{ address: '203.0.113.1', family: 4 }], [here]);
  expect(await send(`http://hooks.test:${port}/`)).toEqual({ kind: 'addressNotPublic' });
  answers.length = 0;
  answers.push([{ address: '8.8.8.8', family: 4 }, here]);
  expect(await send(`http://hooks.test:${port}/`, { allowsLoopback: false })).toEqual({ kind: 'addressNotPublic' });
  expect(received).toEqual([]);
});

test.each([
  '127.0.0.1',
  '::1',
  '10.0.0.8',
  '169.254.169.254',
  '168.63.129.16',
  '100.64.0.1',
  '224.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  'fd00::1',
  'fe80::1',
])('a name that leads to %s is not followed', async (address) => {
  answers.push([{ address, family: address.includes(':') ? 6 : 4 }]);
  const posted = await send(`https://hooks.test:${port}/`, { allowsLoopback: false });
  expect({ posted, received }).toEqual({ posted: { kind: 'addressNotPublic' }, received: [] });
});

test.each(['http://10.0.0.8/', 'http://[::ffff:10.0.0.8]/', 'http://169.254.169.254/metadata', 'https://[fd00::1]/'])(
  '%s is not asked, and no name server either',
  async (url) => {
    expect(await send(url)).toEqual({ kind: 'addressNotPublic' });
    expect(await send(`http://127.0.0.1:${port}/`, { allowsLoopback: false })).toEqual({ kind: 'addressNotPublic' });
    expect({ asked, received }).toEqual({ asked: [], received: [] });
  },
);

test('an answer whose body breaks off is an answer, with what arrived', async () => {
  answers.push([here]);
  answer = () => 'half';
  expect(await send(`http://hooks.test:${port}/`)).toEqual({ kind: 'answered', status: 200, response: 'half' });
});

test('an answer whose body does not end is an answer, with what arrived in time', async () => {
  answers.push([here]);
  answer = () => 'slow';
  const startedAt = performance.now();
  const posted = await send(`http://hooks.test:${port}/`, { timeoutSeconds: 30 });
  expect(posted).toEqual({ kind: 'answered', status: 503, response: 'wait' });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('of a large body the first KiB is kept, and no half of a character', async () => {
  answers.push([here], [here]);
  answer = () => [500, {}, 'x'.repeat(100_000)];
  expect(await send(`http://hooks.test:${port}/`)).toMatchObject({ status: 500, response: 'x'.repeat(1024) });
  answer = () => [500, {}, `x${'ä'.repeat(10_000)}`];
  expect(await send(`http://hooks.test:${port}/`)).toMatchObject({ status: 500, response: `x${'ä'.repeat(511)}` });
});

test('a redirect is an answer, and is not followed', async () => {
  answers.push([here]);
  answer = () => [307, { location: `http://127.0.0.1:${port}/elsewhere` }];
  expect(await send(`http://hooks.test:${port}/`)).toEqual({ kind: 'answered', status: 307 });
  expect(received).toHaveLength(1);
});

test.each([
  ['7', { retryAfterSeconds: 7 }],
  ['Wed, 21 Oct 2026 07:28:00 GMT', {}],
])('a receiver that asks to wait for %s is understood as %o', async (pause, expected) => {
  answers.push([here]);
  answer = () => [503, { 'retry-after': pause }];
  expect(await send(`http://hooks.test:${port}/`)).toEqual({ kind: 'answered', status: 503, ...expected });
});

test('a receiver that never responds times out, and an unknown name is unreachable', async () => {
  answers.push([here], new Error('ENOTFOUND'));
  answer = () => 'nothing';
  expect(await send(`http://hooks.test:${port}/`)).toEqual({ kind: 'timeout' });
  expect(await send('https://hooks.test/')).toEqual({ kind: 'unreachable' });
});

test('a receiver whose certificate is not good is not sent anything', async () => {
  answers.push([here]);
  expect(await send(`https://hooks.test:${port}/`)).toEqual({ kind: 'unreachable' });
  expect(received).toEqual([]);
});
