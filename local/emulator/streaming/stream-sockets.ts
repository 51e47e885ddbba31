/** The sockets of an emulator. */

import type { SocketOptions, StreamSocket } from './socket.ts';

/** Every socket of an emulator, so that none outlives it. */
export class StreamSockets {
  readonly #open = new Set<StreamSocket>();
  #isClosed = false;

  /** Starts to connect. The WebSocket library is loaded with the first stream, so that the emulator starts faster. */
  async connect(options: SocketOptions): Promise<StreamSocket> {
    const { StreamSocket } = await import('./socket.ts');
    const socket = new StreamSocket(options);
    this.#open.add(socket);
    socket.onceGone(() => this.#open.delete(socket));
    if (this.#isClosed) {
      socket.terminate();
    }
    return socket;
  }

  /** Cuts all connections, and those that are still being opened. */
  close(): void {
    this.#isClosed = true;
    for (const socket of [...this.#open]) {
      socket.terminate();
    }
  }
}
