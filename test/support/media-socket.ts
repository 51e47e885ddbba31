/** A WebSocket that takes what ACS streams: the far end of media streaming and transcription. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface MediaSocket {
  readonly url: string;
  /** Every text frame so far, parsed. */
  readonly frames: { readonly kind: string }[];
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startMediaSocket(): Promise<MediaSocket> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const frames: { kind: string }[] = [];
  server.on('connection', (socket) => socket.on('message', (data) => frames.push(JSON.parse(String(data)))));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames,
    async close() {
      for (const socket of server.clients) {
        socket.terminate();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
