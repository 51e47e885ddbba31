/** The http and https listeners: they read a request, get its answer and write it. */

import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AcsError } from './acs-error.ts';
import type { Answer, WireRequest } from './message.ts';

/** Larger than any request ACS takes, small enough that garbage cannot fill the memory. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Turns a request into its answer. */
export type Respond = (request: WireRequest) => Promise<Answer>;

export interface Listener {
  readonly port: number;
  /** Serves a connection that another listener took. */
  accept(connection: Duplex): void;
  close(): Promise<void>;
}

export interface Binding {
  readonly host: string;
  readonly port: number;
  /** The command-line flag that changes the port, named when the port is taken. */
  readonly flag: '--http' | '--https';
  /** Certificate and key in PEM; without them the listener speaks plain http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Where the tunnels of clients lead that use this listener as their HTTPS proxy. */
  readonly tunnelsTo?: Listener | undefined;
}

/** Listens; rejects with a message that names the port and the flag when the port is taken. */
export async function listen(binding: Binding, respond: Respond): Promise<Listener> {
  let port = binding.port;
  const onRequest: RequestListener = (incoming, outgoing) => void serve(incoming, outgoing, port, respond);
  const server = binding.tls === undefined ? createServer(onRequest) : createTlsServer(binding.tls, onRequest);
  server.on('clientError', (_error, socket) => {
    const body = JSON.stringify(new AcsError(400, '8523', 'The request is not HTTP.').body);
    const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    if (socket.writable) {
      socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
    }
  });
  server.on('connect', (incoming, socket, head) => {
    const answer = respond(wireRequest(incoming, Buffer.alloc(0), port));
    void tunnel(answer, socket, head, binding.tunnelsTo);
  });
  const connections = new Set<Duplex>();
  server.on('connection', (connection: Duplex) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  // Longer than clients keep an idle socket, so that none is closed while a request is being sent.
  server.keepAliveTimeout = 120_000;
  await bind(server, binding);
  port = (server.address() as AddressInfo).port;
  return {
    port,
    accept: (connection) => void server.emit('connection', connection),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        // Tunnels and unfinished handshakes as well, which the server itself does not count as connections.
        for (const connection of connections) {
          connection.destroy();
        }
      }),
  };
}

function bind(server: Server, { host, port, flag }: Binding): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') {
        return reject(error);
      }
      const mend = `Stop the process that uses it, or choose another port with ${flag}.`;
      reject(new Error(`Port ${port} on ${host} is in use already. ${mend}`, { cause: error }));
    });
    server.listen(port, host, () => resolve());
  });
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  respond: Respond,
): Promise<void> {
  const body = await collect(incoming);
  if (body === 'gone') {
    return;
  }
  const answer = body === 'tooLarge' ? tooLarge() : await respond(wireRequest(incoming, body, port));
  if (answer.cut === true) {
    return void incoming.socket.destroy();
  }
  outgoing.writeHead(answer.status, answer.headers);
  if (answer.bytes !== undefined) {
    return await send(answer.bytes, outgoing);
  }
  outgoing.end(answer.body === undefined ? undefined : `${JSON.stringify(answer.body)}${lineEnd(incoming)}`);
}

/** Answers CONNECT. Most clients show only the status line of a refusal, so that says the reason. */
async function tunnel(
  answer: Promise<Answer>,
  connection: Duplex,
  head: Buffer,
  target: Listener | undefined,
): Promise<void> {
  // A client that disconnects has nothing to be answered.
  connection.on('error', () => connection.destroy());
  const { status, body } = await answer;
  if (status === 200 && target !== undefined) {
    connection.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    connection.unshift(head);
    return target.accept(connection);
  }
  const text = JSON.stringify(body);
  const { message } = (body as AcsError['body']).error;
  const headers = `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}`;
  connection.end(`HTTP/1.1 ${status} ${message}\r\n${headers}\r\nConnection: close\r\n\r\n${text}`);
}

/** The control API is used in terminals, so its answers end their line; those of ACS do not. */
function lineEnd({ url = '' }: IncomingMessage): string {
  return /^\/emulator\b/i.test(url) ? '\n' : '';
}

async function send(bytes: NonNullable<Answer['bytes']>, outgoing: ServerResponse): Promise<void> {
  try {
    await pipeline(bytes, outgoing);
  } catch {
    // The client disconnected or the bytes could not be read. The status is sent already: a closed socket shows the
    // failure.
    outgoing.destroy();
  }
}

function tooLarge(): Answer {
  const message = `The body may have ${MAX_BODY_BYTES} bytes at most.`;
  const headers = { 'content-type': 'application/json; charset=utf-8', connection: 'close' };
  return { status: 413, headers, body: new AcsError(413, '8523', message).body };
}

async function collect(incoming: IncomingMessage): Promise<Buffer | 'tooLarge' | 'gone'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_BODY_BYTES) {
        return 'tooLarge';
      }
      chunks.push(chunk);
    }
  } catch {
    // The client disconnected during its request.
    return 'gone';
  }
  return Buffer.concat(chunks);
}

/** `port` is the listener's own: a connection that came through a tunnel has that of the other one. */
function wireRequest(incoming: IncomingMessage, body: Buffer, port: number): WireRequest {
  // A target in absolute form is reduced to its path, so that `new URL` cannot be led to another host by `//`.
  const [absolute, authority] = /^https?:\/\/([^/]*)/i.exec(incoming.url ?? '') ?? [''];
  const proxied = incoming.method === 'CONNECT' ? incoming.url : authority;
  const target = (incoming.url ?? '').slice(absolute.length) || '/';
  const queryAt = target.indexOf('?');
  const { remoteAddress = '' } = incoming.socket;
  return {
    method: incoming.method ?? 'GET',
    target,
    path: queryAt === -1 ? target : target.slice(0, queryAt),
    query: new URLSearchParams(queryAt === -1 ? '' : target.slice(queryAt + 1)),
    headers: incoming.headers,
    body,
    origin: `${'encrypted' in incoming.socket ? 'https' : 'http'}://${withPort(incoming.headers.host, port)}`,
    port,
    fromLoopback: /^(::ffff:)?127\.|^::1$/.test(remoteAddress),
    ...(proxied !== undefined && { proxied }),
  };
}

/** The Java SDK leaves the port out of its Host header; a link without it would lead nowhere. */
function withPort(host = '127.0.0.1', port: number): string {
  return /:\d+$/.test(host) ? host : `${host}:${port}`;
}
