/** A WebSocket server of the app's own that a test stops during a call and starts again at the same address. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface MediaServer {
  readonly port: number;
  /** Every text frame so far, parsed. */
  readonly frames: { readonly kind: string }[];
  /** Cuts every connection and stops to listen. */
  stop(): Promise<void>;
}

/** Listens on this machine, at a free port unless one is given. */
export async function startMediaServer(port = 0): Promise<MediaServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await once(server, 'listening');
  const frames: { kind: string }[] = [];
  server.on('connection', (socket) => socket.on('message', (data) => frames.push(JSON.parse(String(data)))));
  return {
    port: (server.address() as AddressInfo).port,
    frames,
    async stop() {
      for (const socket of server.clients) {
        socket.terminate();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
