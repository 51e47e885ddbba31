/** The subscribed back end: an HTTP server that keeps what it is sent, and answers as a test says. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { eventually } from './api.ts';

/** One message as it came. */
export interface Delivered {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
  readonly event: {
    readonly id: string;
    readonly type: string;
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into data of any shape, and an assertion on a member that is not there fails.
    readonly data: any;
  };
}

/** A status, a status with headers and a body, or a connection that is cut. */
type Reply = number | readonly [status: number, headers: Record<string, string>, body?: string] | 'cut';

export interface WebhookReceiver {
  readonly url: string;
  readonly delivered: Delivered[];
  /** 204 unless set. A promise that never resolves is a receiver that never answers. */
  answer: (message: Delivered) => Reply | Promise<Reply>;
  /** The messages that came to a path. */
  at(path: string): Delivered[];
  /** Waits for as many messages to a path. */
  wait(path: string, wanted: (messages: Delivered[]) => boolean): Promise<Delivered[]>;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const delivered: Delivered[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString();
    const { url: path = '', headers } = incoming;
    const message = { path, headers, body, at: Date.now(), event: JSON.parse(body) };
    delivered.push(message);
    const reply = await receiver.answer(message);
    if (reply === 'cut') {
      incoming.socket.destroy();
      return;
    }
    const [status, replied, text] = typeof reply === 'number' ? [reply, {}] : reply;
    outgoing.writeHead(status, replied).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const at = (path: string) => delivered.filter((message) => message.path === path);
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    delivered,
    answer: () => 204,
    at,
    wait: (path, wanted) => eventually(async () => at(path), wanted),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

/** The event of a message whose signature is right. Throws otherwise. */
export function verified({ body, headers }: Delivered, secret: string): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
