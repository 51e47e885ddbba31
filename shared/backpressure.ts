/**
 * Holds the bytes of a response back until its client has taken those before. The programming model writes a streamed body as
 * fast as it is produced, however slow the client is, and hides the response; Node.js publishes it on a diagnostics channel.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Bytes = AsyncIterable<Uint8Array>;

/** The bytes at the pace of the client. They end with a ReaderLost error when it goes away or takes none for too long. */
export type Paced = (bytes: Bytes) => Bytes;

/** The client of a response is gone, or takes no bytes any more. */
class ReaderLost extends Error {
  override readonly name = 'ReaderLost';
}

/** By which the host and the programming model find the response of an invocation. */
const invocationIdHeader = 'x-ms-invocation-id';

/** The client of an invocation's response. */
export interface Client {
  /** Sends a body at its pace. */
  readonly paced: Paced;
  /** It has left, or has received everything. */
  readonly clientLeft: AbortSignal;
}

/** Knows the responses of this process from now on. Returns the client of an invocation's response. */
export function openBackpressure(stallSeconds: number): (invocationId: string) => Client {
  const responses = new Map<string, ServerResponse>();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const id = request.headers[invocationIdHeader];
    if (typeof id === 'string' && !responses.has(id)) {
      responses.set(id, response);
      response.once('close', () => responses.delete(id));
    }
  });
  return (invocationId) => {
    // Taken at once: a client may go away while the bytes are opened.
    const response = responses.get(invocationId);
    const left = new AbortController();
    response?.once('close', () => left.abort());
    return { paced: (bytes) => paced(bytes, response, stallSeconds), clientLeft: left.signal };
  };
}

/** Without a known response, as in a host that does not stream, the bytes as they are. */
async function* paced(bytes: Bytes, response: ServerResponse | undefined, stallSeconds: number): Bytes {
  let takenBytes = 0;
  for await (const chunk of bytes) {
    yield chunk;
    takenBytes += chunk.length;
    await drained(response, stallSeconds).catch((error) => {
      // The programming model leaves a response open whose body failed.
      response?.destroy();
      throw new ReaderLost(`${error.message} after ${takenBytes} bytes.`);
    });
  }
}

/** Resolves when the client has taken what was written. */
function drained(response: ServerResponse | undefined, stallSeconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response?.destroyed) {
      reject(new Error('The client closed the connection'));
    } else if (!response?.writableNeedDrain) {
      resolve();
    } else {
      const settle = (error?: Error) => () => {
        clearTimeout(timer);
        response.off('drain', onDrain).off('close', onClose);
        error ? reject(error) : resolve();
      };
      const onDrain = settle();
      const onClose = settle(new Error('The client closed the connection'));
      const timer = setTimeout(settle(new Error(`The client took nothing for ${stallSeconds} s`)), stallSeconds * 1000);
      response.once('drain', onDrain).once('close', onClose);
    }
  });
}
