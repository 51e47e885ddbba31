/** The HTTP server of the host: listens, hands each request to the endpoint that answers it, and drains on close. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { settlesWithin } from '../clock.ts';
import { HostError, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { declaredLength } from './body.ts';
import type { Answer } from './exchange.ts';
import { refuseOtherSites, requireOwnName } from './host-header.ts';
import { isLoopback } from './loopback.ts';
import { requestUrl } from './path.ts';
import { RequestError } from './request-error.ts';
import { writeStatus } from './response.ts';

/** What the real host calls itself, unless a function does otherwise. */
const serverName = 'Kestrel';

/** Longer than common clients keep idle connections, so that they, not the server, close them. */
const keepAliveTimeoutMs = 130_000;

/** What is still read of a request that was refused, so that its connection can be used again; after more it is closed. */
const drainedBytes = 64 * 1024;

export class HttpServer {
  readonly #server: Server;
  /** On an address of the network keys are asked for, and any name may lead here. */
  readonly #isForThisMachine: boolean;
  #answer: Answer | undefined;
  #log: Log = () => {};
  #isClosing = false;

  private constructor(hostname: string) {
    this.#isForThisMachine = isLoopback(hostname);
    this.#server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, (request, response) => {
      response.once('close', () => this.#isClosing && this.#server.closeIdleConnections());
      void this.#handle(request, response);
    });
  }

  /** Listens at once and answers 503 until `serve` says who answers. `port` 0 takes any free one. */
  static async listen(hostname: string, port: number): Promise<HttpServer> {
    const http = new HttpServer(hostname);
    http.#server.listen(port, hostname);
    try {
      await once(http.#server, 'listening');
    } catch (error) {
      throw new HostError(whyNotListening(error, hostname, port), { cause: error });
    }
    return http;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  serve(answer: Answer, log: Log): void {
    this.#answer = answer;
    this.#log = log;
  }

  /** Takes no more connections, lets requests in flight finish for `drainMs`, then cuts what is left. */
  async close(drainMs: number): Promise<void> {
    this.#isClosing = true;
    this.#server.close();
    await settlesWithin(drainMs, once(this.#server, 'close'));
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = requestUrl(request);
    response.setHeader('server', serverName);
    try {
      if (this.#answer === undefined) {
        throw new RequestError(503, 'The functions host is starting.');
      }
      if (parsed === undefined) {
        throw new RequestError(400);
      }
      if (this.#isForThisMachine) {
        requireOwnName(request);
        refuseOtherSites(request, parsed.segments);
      }
      await this.#answer({ request, response, ...parsed });
    } catch (error) {
      this.#refuse(request, response, error);
    }
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (request.destroyed && response.destroyed) {
      this.#log('debug', 'Host.Http', 'The client disconnected before it was answered.');
    } else if (response.headersSent) {
      this.#log('error', 'Host.Http', `A response was cut short: ${messageOf(error)}`);
      response.destroy();
    } else if (error instanceof RequestError) {
      drain(request, response);
      response.setHeaders(new Map(Object.entries(error.headers)));
      writeStatus(response, error.status, error.message);
    } else {
      this.#log('error', 'Host.Http', `Could not answer a request: ${messageOf(error)}`);
      for (const name of response.getHeaderNames().filter((name) => name !== 'server')) {
        response.removeHeader(name);
      }
      writeStatus(response, 500);
    }
  }
}

/** Reads the rest of a request that was refused, or closes its connection where that is long. */
function drain(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) {
    return;
  }
  if (request.destroyed || declaredLength(request) > drainedBytes) {
    response.setHeader('connection', 'close');
    return;
  }
  let readBytes = 0;
  request.on('data', ({ length }: Buffer) => {
    readBytes += length;
    if (readBytes > drainedBytes) {
      request.destroy();
    }
  });
}

function whyNotListening(error: unknown, hostname: string, port: number): string {
  const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return isBusy
    ? `Port ${port} is in use: stop what listens there or choose another with --port.`
    : `Could not listen on ${hostname}:${port}: ${messageOf(error)}`;
}
