/** Requests that the host refuses by itself: by which names it answers, and what becomes usable of their connections. */
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost({ root: appRoot('web'), log: 'off' });
});
afterAll(() => host.close());
afterEach(() => {
  delete process.env.EMBEDDED_HOST_NAMES;
});

/** A connection, and what has arrived on it. */
function open(): { readonly socket: Socket; readonly arrived: () => string; readonly closed: Promise<unknown> } {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('error', () => {});
  return { socket, arrived: () => text, closed: new Promise((resolve) => socket.once('close', resolve)) };
}

/** The status lines of the answers to requests on one connection, each sent when the one before was answered. */
async function statuses(...requests: readonly string[]): Promise<string[]> {
  const { socket, arrived } = open();
  const lines = () => arrived().match(/HTTP\/1\.1 \d{3}/g) ?? [];
  for (const [index, request] of requests.entries()) {
    socket.write(request);
    await expect.poll(() => lines().length > index || socket.destroyed, { timeout: 20_000 }).toBe(true);
  }
  socket.destroy();
  return lines().map((line) => line.slice(-3));
}

const get = (name: string) => `GET /api/echo HTTP/1.1\r\nHost: ${name}\r\n\r\n`;

test.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '127.8.8.8:1', '[::1]:7071'])(
  'a request to %s is answered',
  async (name) => {
    expect(await statuses(get(name))).toEqual(['200']);
  },
);

test.each([
  'evil.example',
  'evil.example:7071',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil-localhost',
  '10.0.0.1',
  '[::2]',
  '0.0.0.0',
])('a request to %s, by which a web page may reach this machine, is refused wherever it leads', async (name) => {
  for (const path of ['/api/echo', '/', '/admin/host/status', '/runtime/webhooks/EventGrid?functionName=x', '/none']) {
    expect(await statuses(`POST ${path} HTTP/1.1\r\nHost: ${name}\r\nContent-Length: 2\r\n\r\n{}`)).toEqual(['403']);
  }
});

test('names of the setting are answered, others are not', async () => {
  process.env.EMBEDDED_HOST_NAMES = 'tunnel.example, other.example';
  expect(await statuses(get('Tunnel.example:443'), get('other.example'), get('evil.example'))).toEqual([
    '200',
    '200',
    '403',
  ]);
});

/** What runs and ends functions and orchestrations. */
const orders = [
  '/admin/functions/echo',
  '/ADMIN/host/status',
  '/runtime/webhooks/durabletask/instances/x/terminate',
  '/runtime/webhooks/durabletask/orchestrators/x',
];

const order = (path: string, headers: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: 2\r\n\r\n{}`;

test.each(['cross-site', 'same-site', 'anything else'])(
  'a browser on a page that is %s to this host runs and ends nothing',
  async (site) => {
    for (const path of orders) {
      const headers = `Content-Type: application/json\r\nSec-Fetch-Site: ${site}\r\n`;
      expect(await statuses(order(path, headers)), path).toEqual(['403']);
    }
    expect(await statuses(order('/api/echo', `Sec-Fetch-Site: ${site}\r\n`))).toEqual(['200']);
  },
);

test.each(['same-origin', 'none'])('a browser on a page that is %s is no other site', async (site) => {
  for (const path of orders) {
    expect(await statuses(order(path, `Sec-Fetch-Site: ${site}\r\n`)), path).not.toEqual(['403']);
  }
});

/** Refused requests with a body that has not been read. */
const refused = (framing: string) => `POST /api/none HTTP/1.1\r\nHost: evil.example\r\n${framing}`;

test.each([
  ['whose length is known', 'Content-Length: 20000\r\n\r\n', ['x'.repeat(20_000)]],
  ['that is sent in chunks', 'Transfer-Encoding: chunked\r\n\r\n', ['4e20\r\n', 'x'.repeat(20_000), '\r\n0\r\n\r\n']],
])(
  'a body %s is read although its request was refused, and the connection serves the next',
  async (_, framing, parts) => {
    const { socket, arrived } = open();
    socket.write(refused(framing));
    await expect.poll(arrived, { timeout: 20_000 }).toContain('HTTP/1.1 403');
    for (const part of parts) {
      socket.write(part);
      await delay(20);
    }
    socket.write(get('localhost'));
    await expect.poll(arrived, { timeout: 20_000 }).toContain('HTTP/1.1 200');
    expect(arrived().toLowerCase()).not.toContain('connection: close');
    socket.destroy();
  },
);

test('the connection of a refused request that states a long body is closed', async () => {
  const { socket, arrived, closed } = open();
  socket.write(refused('Content-Length: 1000000\r\n\r\n'));
  await closed;
  expect(arrived()).toContain('HTTP/1.1 403');
  expect(arrived().toLowerCase()).toContain('connection: close');
});

test('a body without end is cut off', async () => {
  const { socket, closed } = open();
  socket.write(refused('Transfer-Encoding: chunked\r\n\r\n'));
  let sentBytes = 0;
  const sending = setInterval(() => {
    sentBytes += 16_384;
    socket.write(`4000\r\n${'x'.repeat(16_384)}\r\n`);
  }, 5);
  await closed;
  clearInterval(sending);
  expect(sentBytes).toBeGreaterThan(64 * 1024);
});
