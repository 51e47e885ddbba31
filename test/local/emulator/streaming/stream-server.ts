/** The app's WebSocket server under test: keeps the upgrade, and every frame as the SDK's own parser reads it. */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamingData } from '@azure/communication-call-automation';
import { type WebSocket, WebSocketServer } from 'ws';

interface Received {
  readonly kind: string;
  /** As it came over the wire. */
  readonly wire: Record<string, Record<string, unknown>>;
  /** As the SDK reads it. */
  readonly parsed: unknown;
}

interface Client {
  readonly upgrade: IncomingMessage;
  readonly socket: WebSocket;
  readonly frames: Received[];
  /** The close code, once the emulator has gone. */
  readonly closed: Promise<number>;
}

export interface StreamServer {
  /** ws://…; any path is taken. */
  readonly url: string;
  readonly clients: Client[];
  /** The status that answers an upgrade instead of taking it. */
  refuseWith: number | undefined;
  /** The payloads of a kind from the only client, in order. */
  payloads(kind: string): Record<string, unknown>[];
  /** Resolves when the only client has sent that many frames of the kind. */
  received(kind: string, count: number): Promise<void>;
  clear(): void;
  close(): Promise<void>;
}

export async function startStreamServer(): Promise<StreamServer> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const waiting = new Set<() => void>();
  http.on('upgrade', (request, socket, head) => {
    if (server.refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${server.refuseWith} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => take(request, opened));
  });
  const take = (upgrade: IncomingMessage, socket: WebSocket): void => {
    const frames: Received[] = [];
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    server.clients.push({ upgrade, socket, frames, closed });
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const wire = JSON.parse(String(data));
      frames.push({ kind: wire.kind, wire, parsed: StreamingData.parse(String(data)) });
      for (const look of [...waiting]) {
        look();
      }
    });
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: StreamServer = {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    clients: [],
    refuseWith: undefined,
    payloads(kind) {
      const member = kind.charAt(0).toLowerCase() + kind.slice(1);
      return (server.clients[0]?.frames ?? [])
        .filter((frame) => frame.kind === kind)
        .map(({ wire }) => wire[member] ?? {});
    },
    received: (kind, count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (server.payloads(kind).length >= count) {
            waiting.delete(look);
            resolve();
          }
        };
        waiting.add(look);
        look();
      }),
    clear() {
      server.clients.length = 0;
      server.refuseWith = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) {
          client.terminate();
        }
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
