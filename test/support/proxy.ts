/** A proxy in front of a server: counts what passes, and lets a test cut in before a request or before its answer. */
import { once } from 'node:events';
import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';

/** One request that passed. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** What else is known of a request that passes: its headers, and the status of its answer once there is one. */
export interface Exchange {
  readonly headers: IncomingHttpHeaders;
  readonly status?: number;
}

export interface PassThrough {
  readonly url: string;
  /** What passed since the last call. */
  take(): Passed[];
  /**
   * Called before a request is forwarded, and again before its answer is. A rejection cuts the connection; a number that it
   * resolves to is the status of the answer instead.
   */
  onPass: (passed: Passed, moment: 'request' | 'answer', exchange: Exchange) => unknown;
  /** Counted, and shown to `onPass`, are only the requests that name this: the prefix of the app's tables, say. */
  only: string;
  /** While true, connections are refused. */
  down: boolean;
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free port. The Host header is kept, as signatures are made over it. A target that has no address yet
 * is asked for it at each request.
 */
export async function startProxy(target: string | (() => string)): Promise<PassThrough> {
  const addressOf = typeof target === 'string' ? () => target : target;
  let passed: Passed[] = [];
  const server = createServer((incoming, outgoing) => {
    const pass = async () => {
      if (proxy.down) {
        throw new Error('down');
      }
      const body = await bytesOf(incoming);
      const { headers, method = '', url: path = '' } = incoming;
      const one = { method, path, body: body.toString() };
      const isCounted = one.path.includes(proxy.only) || one.body.includes(proxy.only);
      const isReplaced = async (moment: 'request' | 'answer', status?: number) => {
        const exchange = { headers, ...(status !== undefined && { status }) };
        return isCounted && answerInstead(outgoing, await proxy.onPass(one, moment, exchange));
      };
      if (isCounted) {
        passed.push(one);
      }
      if (await isReplaced('request')) {
        return;
      }
      const { hostname, port } = new URL(addressOf());
      const sent = forward({ hostname, port, method, path, headers });
      sent.end(body);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      const answered = await bytesOf(answer);
      if (await isReplaced('answer', answer.statusCode)) {
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
    };
    pass().catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy: PassThrough = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    take() {
      const taken = passed;
      passed = [];
      return taken;
    },
    onPass: () => {},
    only: '',
    down: false,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** Resolves once nothing has passed for a while: whatever was going on is over. */
export async function quiet(proxy: PassThrough, forMs = 300): Promise<void> {
  do {
    proxy.take();
    await new Promise((resolve) => setTimeout(resolve, forMs));
  } while (proxy.take().length > 0);
}

/** Answers with a status, if it is one. */
function answerInstead(outgoing: ServerResponse, status: unknown): boolean {
  if (typeof status !== 'number') {
    return false;
  }
  outgoing.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' }).end('{}');
  return true;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
