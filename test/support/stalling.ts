/** A TCP proxy in front of a service, which can stop answering in the ways in which services do. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** `stall` accepts connections and never answers, `delay` answers late, `cut` closes, `reset` resets connections. */
export type Trouble = 'none' | 'stall' | 'delay' | 'cut' | 'reset';

export interface StallingProxy {
  readonly url: string;
  trouble: Trouble;
  /** The pause of `delay`. */
  delayMs: number;
  /** Connections that are open now. */
  readonly open: number;
  close(): Promise<void>;
}

/** Starts a proxy on a free port. */
export async function startStallingProxy(target: string): Promise<StallingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const kept = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    kept(client);
    const upstream = kept(connect(Number(port), hostname));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.on('data', (bytes) => pass(client, upstream, bytes));
    upstream.on('data', (bytes) => pass(client, client, bytes));
  });
  /** What is on its way when the trouble starts is held up as well. */
  function pass(client: Socket, to: Socket, bytes: Buffer): void {
    const { trouble, delayMs } = proxy;
    if (trouble === 'cut') {
      client.end();
    } else if (trouble === 'reset') {
      client.resetAndDestroy();
    } else if (trouble === 'delay') {
      setTimeout(() => to.writable && to.write(bytes), delayMs);
    } else if (trouble === 'none') {
      to.write(bytes);
    }
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    trouble: 'none' as Trouble,
    delayMs: 60_000,
    get open() {
      return sockets.size / 2;
    },
    async close() {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
