/** The WebSocket of a stream: the emulator is the client, and sends text frames to the app's server. */

import type { ClientRequest } from 'node:http';
import { WebSocket } from 'ws';
import { plainAddress } from '../tls/plain-address.ts';
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
  readonly #options: SocketOptions;
  #socket: WebSocket;
  #isClosed = false;
  #onGone: () => void = () => undefined;
  /** Resolves once, when the attempts to connect are over. */
  readonly opened: Promise<Opening>;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#socket = this.#connect(options.url);
    this.opened = this.#outcome(options.url);
  }

  #connect(url: string): WebSocket {
    const { headers, onMessage, onLost } = this.#options;
    const socket = new WebSocket(url, {
      headers,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      // As for callbacks: Node.js rarely trusts development certificates.
      rejectUnauthorized: false,
      finishRequest: (request) => sendAsWritten(request, url),
    });
    socket.on('message', (data) => onMessage(data as Buffer));
    // The close event that follows reports the error.
    socket.on('error', () => undefined);
    socket.once('open', () => socket.once('close', () => this.#isClosed || onLost()));
    // An attempt that another has replaced closes as well.
    socket.once('close', () => socket === this.#socket && this.#onGone());
    return socket;
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
    this.#onGone = listener;
  }

  #outcome(url: string): Promise<Opening> {
    return new Promise((resolve) => {
      this.#socket.once('open', () => resolve('open'));
      this.#socket.once('unexpected-response', () => {
        resolve('refused');
        this.#socket.terminate();
      });
      this.#socket.once('error', (error) => {
        const plain = plainAddress(url, error);
        if (this.#isClosed || plain === undefined) {
          return resolve(this.#isClosed ? 'closed' : 'unreachable');
        }
        this.#socket = this.#connect(plain);
        resolve(this.#outcome(plain));
      });
    });
  }
}

/** The request line as the app wrote it: `new URL` would resolve dots and re-encode. */
function sendAsWritten(request: ClientRequest, url: string): void {
  const [, rest = ''] = /^\w+:\/\/[^/?#]+(.*)$/s.exec(url) ?? [];
  request.path = rest.startsWith('/') ? rest : `/${rest}`;
  request.end();
}
