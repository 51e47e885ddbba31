/** Deliveries over keep-alive connections: a receiver may close one at the moment when it is used again. */

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Poster } from '../../../../local/emulator/delivery/post.ts';

const response = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const poster = new Poster();
const sockets: Socket[] = [];
afterEach(() => poster.close());

/** A receiver that answers the first request of each connection, and resets the connection at the second. */
async function impoliteReceiver() {
  const server = createServer((socket) => {
    sockets.push(socket);
    let requests = 0;
    socket.on('error', () => {});
    socket.on('data', () => {
      requests += 1;
      return requests === 1 ? socket.write(response) : socket.resetAndDestroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test('a request over a connection that the receiver has closed meanwhile is sent again over another', async () => {
  const { server, url } = await impoliteReceiver();
  const replies = [await poster.post(url, {}, { n: 1 }), await poster.post(url, {}, { n: 2 })];
  server.close();
  expect(replies).toMatchObject([
    { status: 200, body: 'ok' },
    { status: 200, body: 'ok' },
  ]);
  expect(sockets).toHaveLength(2);
});

test('a new connection that is reset is a failure, and no request is sent again', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.resetAndDestroy());
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await expect(poster.post(url, {}, {})).rejects.toMatchObject({ code: 'ECONNRESET' });
  server.close();
  expect(connections).toBe(1);
});
