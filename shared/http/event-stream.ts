/**
 * Server-Sent Events (the WHATWG's HTML standard) as the body of a response: batches of events as they come, a heartbeat while
 * there are none, and an end before the platform cuts the connection. A client reconnects with the id of its last event.
 */

/** One event. A client that reconnects sends the id of the last one with an id that it has received whole. */
export interface StreamEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
}

export interface StreamSettings {
  /** How long a stream lasts. */
  readonly seconds: number;
  readonly heartbeatSeconds: number;
  /** How often storage is polled for changes by other instances. */
  readonly pollMs: number;
}

interface Source {
  /** The events until the signal. */
  readonly batches: (signal: AbortSignal) => AsyncGenerator<readonly StreamEvent[]>;
  /** The data of an event as the client may see them. */
  readonly show: (data: unknown, event: string) => unknown;
  /** Whether no more events are to be expected, so that the stream ends when there were none for a heartbeat. */
  readonly isOver: () => boolean;
}

/** When a client reconnects after an end, planned or not. */
const reconnectMs = 1000;

/** The bytes of a stream. They end when the client has left. */
export async function* eventStream(
  { batches, show, isOver }: Source,
  { seconds, heartbeatSeconds }: StreamSettings,
  clientLeft: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const closed = new AbortController();
  const end = AbortSignal.any([clientLeft, closed.signal]);
  const timer = setTimeout(() => closed.abort(), seconds * 1000);
  const source = batches(end);
  try {
    yield bytes(`retry: ${reconnectMs}\n\n`);
    let next = nextOf(source);
    for (;;) {
      const batch = await withinSeconds(heartbeatSeconds, next);
      // To leave is how a client ends a stream: what is written to one that has left would be a failure of the function.
      if (clientLeft.aborted) {
        return;
      }
      if (batch?.done || (batch === undefined && isOver())) {
        break;
      }
      const text = batch
        ? batch.value.map((one) => textOf({ ...one, data: show(one.data, one.event) })).join('')
        : ': heartbeat\n\n';
      next = batch ? nextOf(source) : next;
      // The programming model takes no more of a body after an empty chunk.
      if (text !== '') {
        yield bytes(text);
      }
    }
    yield bytes(`: the stream ends here, reconnect with Last-Event-ID\nretry: ${reconnectMs}\n\n`);
  } finally {
    clearTimeout(timer);
    closed.abort();
    // The source may have read a batch ahead, and waits until it is taken: only its return ends it then.
    void source.return(undefined);
  }
}

/** The next batch, read ahead. Where the client leaves before it is taken, its failure concerns no one. */
function nextOf<T>(source: AsyncGenerator<T>): Promise<IteratorResult<T>> {
  const next = source.next();
  next.catch(() => undefined);
  return next;
}

/** Undefined when the time is over first. */
async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T | undefined> {
  const expired = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => expired.resolve(undefined), seconds * 1000);
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** JSON has no line breaks, so that an event is one line of data. */
function textOf({ id, event, data }: StreamEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

const encoder = new TextEncoder();

function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}
