/** The WebSocket of a stream: the emulator is the client, and sends text frames to the app's server. */

import type { ClientRequest } from 'node:http';
import { WebSocket } from 'ws';
import type { Frame } from './frames.ts';

/** The outcome of a connection attempt; `closed` means by the emulator. */
export type Opening = 'open' | 'unreachable' | 'refused' | 'closed';

/** How long a server may take to accept, and how long it may leave frames unread (chosen here, in wall-clock time). */
const HANDSHAKE_TIMEOUT_MS = 10_000;
const STALL_TIMEOUT_MS = 30_000;

/** A larger message ends the connection with code 1009 (chosen here; ACS documents packets of 64 KB). */
const MAX_MESSAGE_BYTES = 1024 * 1024;

export interface SocketOptions {
  /** As the app wrote it; http and https mean ws and wss. */
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly onMessage: (message: Buffer) => void;
  /** The server or the network ended an open connection. Never called after `close`. */
  readonly onLost: () => void;
}

export class StreamSocket {
  readonly #socket: WebSocket;
  #isClosed = false;
  /** Resolves once, when the attempt to connect is over. */
  readonly opened: Promise<Opening>;

  constructor({ url, headers, onMessage, onLost }: SocketOptions) {
    this.#socket = new WebSocket(url, {
      headers,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      // As for callbacks: Node.js rarely trusts development certificates.
      rejectUnauthorized: false,
      finishRequest: (request) => sendAsWritten(request, url),
    });
    this.opened = this.#outcome();
    this.#socket.on('message', (data) => onMessage(data as Buffer));
    // The close event that follows reports the error.
    this.#socket.on('error', () => undefined);
    this.#socket.once('open', () => this.#socket.once('close', () => this.#isClosed || onLost()));
  }

  /** Resolves when the system has taken the frame, or the connection has ended: a slow server slows its stream down. */
  async send(frame: Frame): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    const taken = new Promise<void>((resolve) => this.#socket.send(JSON.stringify(frame), () => resolve()));
    if (this.#socket.bufferedAmount === 0) {
      return;
    }
    const stall = setTimeout(() => this.#socket.terminate(), STALL_TIMEOUT_MS);
    await taken;
    clearTimeout(stall);
  }

  /** Closes the connection with code 1000, or cancels the attempt. */
  close(): void {
    this.#isClosed = true;
    this.#socket.close(1000);
  }

  /** Cuts the connection without a close frame. */
  terminate(): void {
    this.#isClosed = true;
    this.#socket.terminate();
  }

  onceGone(listener: () => void): void {
    this.#socket.once('close', listener);
  }

  #outcome(): Promise<Opening> {
    return new Promise((resolve) => {
      this.#socket.once('open', () => resolve('open'));
      this.#socket.once('unexpected-response', () => {
        resolve('refused');
        this.#socket.terminate();
      });
      this.#socket.once('error', () => resolve(this.#isClosed ? 'closed' : 'unreachable'));
    });
  }
}

/** The request line as the app wrote it: `new URL` would resolve dots and re-encode. */
function sendAsWritten(request: ClientRequest, url: string): void {
  const [, rest = ''] = /^\w+:\/\/[^/?#]+(.*)$/s.exec(url) ?? [];
  request.path = rest.startsWith('/') ? rest : `/${rest}`;
  request.end();
}
