/** The app under the emulator's eyes: an HTTP server that keeps what it is sent and lets a test wait for it. */

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CloudEvent (`type`) or an event in the Event Grid schema (`eventType`), with the fields that tests read. */
interface ReceivedEvent {
  readonly id: string;
  readonly source?: string;
  readonly subject: string;
  readonly time?: string;
  readonly type?: string;
  readonly eventType?: string;
  readonly data: Record<string, unknown> & {
    readonly incomingCallContext: string;
    readonly correlationId: string;
    readonly serverCallId: string;
    readonly callConnectionId: string;
    readonly validationCode?: string;
  };
}

/** One event as it arrived. */
interface Arrival {
  /** Short kind, e.g. `CallConnected`. */
  readonly kind: string;
  /** Path and query it was posted to. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly event: ReceivedEvent;
  /** Elements in the posted array; 0 for an event without one. */
  readonly batch: number;
}

export interface Receiver {
  readonly url: string;
  readonly arrivals: Arrival[];
  /** Kinds in the order of arrival. */
  kinds(): string[];
  /** The arrivals of a kind. */
  of(kind: string): Arrival[];
  /** Resolves with the first arrival of the kind, also when it came already. */
  next(kind: string): Promise<Arrival>;
  /** Decides the status of an answer; 200 unless set. */
  answer: (arrival: Arrival) => number | Promise<number>;
  close(): Promise<void>;
}

/** Listens on a free port unless one is given. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const waiting = new Set<() => void>();
  const server = createServer((incoming, outgoing) => {
    if (incoming.method !== 'POST') {
      answerWithoutBody(incoming, outgoing);
      return;
    }
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const arrival = arrivalOf(incoming, Buffer.concat(chunks).toString());
      const { validationCode } = arrival.event.data;
      if (validationCode !== undefined) {
        const isWilling = !incoming.url?.includes('unwilling');
        outgoing.end(JSON.stringify({ validationResponse: isWilling ? validationCode : 'no' }));
        return;
      }
      receiver.arrivals.push(arrival);
      outgoing.writeHead(await receiver.answer(arrival)).end();
      for (const look of [...waiting]) {
        look();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals: [],
    kinds: () => receiver.arrivals.map(({ kind }) => kind),
    of: (kind) => receiver.arrivals.filter((arrival) => arrival.kind === kind),
    next: (kind) =>
      new Promise((resolve) => {
        const look = (): void => {
          const [arrival] = receiver.of(kind);
          if (arrival === undefined) {
            return;
          }
          waiting.delete(look);
          resolve(arrival);
        };
        waiting.add(look);
        look();
      }),
    answer: () => 200,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Takes part in the handshake of CloudEvents, unless the path says that it is unwilling. */
function answerWithoutBody({ method, url = '' }: IncomingMessage, outgoing: ServerResponse): void {
  const isAllowed = method === 'OPTIONS' && !url.includes('unwilling');
  outgoing.writeHead(method === 'OPTIONS' ? 200 : 404, isAllowed ? { 'webhook-allowed-origin': '*' } : {}).end();
}

function arrivalOf({ url: path = '', headers }: IncomingMessage, text: string): Arrival {
  const body = JSON.parse(text) as [ReceivedEvent] | ReceivedEvent;
  const [event] = Array.isArray(body) ? body : [body];
  const kind = (event.type ?? event.eventType ?? '').replace('Microsoft.Communication.', '');
  return { kind, path, headers, event, batch: Array.isArray(body) ? body.length : 0 };
}
