/** Bytes pass at the pace of a response, end with its reader, and pass unhindered where the response is not known. */
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bytes, openBackpressure } from '../../shared/backpressure.ts';

const clientOf = openBackpressure(60);
const chunkBytes = 1024 * 1024;
let readChunks: number;
let hasStopped: boolean;
let outcome: PromiseWithResolvers<unknown>;

/** A source of more than a connection holds, which counts what is read of it. */
async function* chunks(): Bytes {
  try {
    while (readChunks < 100) {
      readChunks += 1;
      yield Buffer.alloc(chunkBytes);
    }
  } finally {
    hasStopped = true;
  }
}

/** Answers as the programming model does; to `/late` once the client has gone. */
const server = createServer(async ({ url, headers }, response) => {
  const { paced } = clientOf(String(headers['x-ms-invocation-id']));
  if (url === '/late') {
    const closed = once(response, 'close');
    response.flushHeaders();
    await closed;
  }
  try {
    for await (const chunk of paced(chunks())) {
      response.write(chunk);
    }
    outcome.resolve('all was read');
  } catch (error) {
    outcome.resolve(error);
  }
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test.each([
  ['before the first byte', '/late', async () => {}, 1],
  ['while bytes flow', '/', (answer: IncomingMessage) => once(answer, 'readable'), 20],
] as const)(
  'a reader that goes away %s ends the bytes, and no more of them are read',
  async (_, path, reading, most) => {
    [readChunks, hasStopped, outcome] = [0, false, Promise.withResolvers()];
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const asked = get({ host: '127.0.0.1', port, path, headers: { 'x-ms-invocation-id': path } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    await reading(answer);
    answer.destroy();
    expect(await outcome.promise).toMatchObject({
      name: 'ReaderLost',
      message: `The client closed the connection after ${readChunks * chunkBytes} bytes.`,
    });
    expect(hasStopped).toBe(true);
    expect(readChunks).toBeLessThanOrEqual(most);
  },
);

test('the bytes of an invocation whose response is unknown pass as they are', async () => {
  async function* two() {
    yield Buffer.from('one');
    yield Buffer.from('two');
  }
  const received: string[] = [];
  for await (const chunk of clientOf('no such invocation').paced(two())) {
    received.push(String(chunk));
  }
  expect(received).toEqual(['one', 'two']);
});
