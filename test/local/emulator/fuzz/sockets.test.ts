/** Garbage on sockets: bytes that are no HTTP, and servers of streams that do not keep to the protocol. */

import { createHash } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runs } from '../../../support/property-runs.ts';
import { ANNA, APP_NUMBER, type Stage, setStage } from '../stage.ts';

let stage: Stage;
let server: Server;
/** What the server answers an upgrade with. */
let reply: (key: string) => Buffer = () => Buffer.alloc(0);
beforeAll(async () => {
  stage = await setStage({ noAuth: true });
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (request) => {
      const [, key = ''] = /sec-websocket-key: (\S+)/i.exec(String(request)) ?? [];
      socket.end(reply(key));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  expect(await stage.emulator.control.get('settings')).toMatchObject({ url: stage.emulator.url });
});
afterAll(async () => {
  server.close();
  await stage.close();
});

/** What comes back for bytes on a connection of their own, once the emulator has hung up. */
function exchange(bytes: Uint8Array): Promise<string> {
  const { port } = new URL(stage.emulator.url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve('') : reject(error)));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}

const line = fc.constantFrom('GET / HTTP/1.1\r\n', 'POST /rooms HTTP/1.1\r\n', 'PRI * HTTP/2.0\r\n', 'GET  HTTP/9\r\n');
const header = fc.constantFrom(
  'Host: x\r\n',
  'Content-Length: 9\r\n',
  'Transfer-Encoding: chunked\r\n',
  ': \r\n',
  '\r\n',
);
const nearlyHttp = fc
  .tuple(line, fc.array(header, { maxLength: 4 }), fc.uint8Array({ maxLength: 50 }))
  .map(([start, headers, rest]) => Buffer.concat([Buffer.from(start + headers.join('')), rest]));

test('bytes that are nearly HTTP, or nothing at all, are answered or hung up on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(nearlyHttp, fc.uint8Array({ minLength: 1, maxLength: 200 })), async (bytes) => {
      expect(await exchange(bytes)).toMatch(/^$|^HTTP\/1\.1 [2-5]\d\d /);
    }),
    runs(150),
  );
});

const accepted = (key: string): string => {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';
  return `${head}Sec-WebSocket-Accept: ${accept}\r\n\r\n`;
};

test('a server that sends no proper WebSocket frames, or no upgrade, ends its stream and nothing else', async () => {
  const head = fc.constantFrom(
    accepted,
    () => accepted('wrong'),
    () => 'HTTP/1.1 200 OK\r\n\r\n',
    () => '',
  );
  await fc.assert(
    fc.asyncProperty(head, fc.uint8Array({ maxLength: 100 }), async (start, bytes) => {
      await stage.clear();
      reply = (key) => Buffer.concat([Buffer.from(start(key)), bytes]);
      await stage.client.createCall(
        { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } },
        stage.callback,
        {
          mediaStreamingOptions: {
            transportUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
            transportType: 'websocket',
            contentType: 'audio',
            audioChannelType: 'unmixed',
            startMediaStreaming: true,
            enableBidirectional: true,
          },
        },
      );
      await expect
        .poll(async () => {
          await stage.advance(200);
          return stage.app.kinds();
        })
        .toContain('MediaStreamingFailed');
    }),
    runs(30),
  );
});
