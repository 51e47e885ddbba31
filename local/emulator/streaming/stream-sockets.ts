/** The sockets of an emulator. */

import type { SocketOptions, StreamSocket } from './socket.ts';

/** Every socket of an emulator, so that none outlives it. */
export class StreamSockets {
  readonly #open = new Set<StreamSocket>();
  #isClosed = false;

  /** Begins to connect. The WebSocket library is loaded with the first stream, so that the emulator is up before. */
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

  /** Cuts them all, and whatever would still connect. */
  close(): void {
    this.#isClosed = true;
    for (const socket of [...this.#open]) {
      socket.terminate();
    }
  }
}
