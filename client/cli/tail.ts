/** `calls tail`: what happens to a call, or to all live calls, as it happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, type Refusal, refusalIn, send } from './connection.ts';
import type { Paint } from './print.ts';
import { eventsIn, type ServerSentEvent } from './server-sent-events.ts';

export interface Tail {
  readonly connection: Connection;
  /** Of the stream, below the API. */
  readonly path: string;
  /** Prints events as JSON. */
  readonly json: boolean;
  readonly paint: Paint;
  readonly signal: AbortSignal;
  print(line: string): void;
  /** Reports what the user should know besides the events. */
  report(line: string): void;
}

/** Where a stream is continued, and when. */
interface Position {
  readonly lastId?: string | undefined;
  readonly retryMs: number;
}

/**
 * Prints events until the signal is aborted or the API has no more; resolves to its refusal, if that is why. A stream that ends
 * or is cut is continued after the last event that was read.
 */
export async function tail(options: Tail): Promise<Refusal | undefined> {
  const { connection, path, signal, report } = options;
  let position: Position = { retryMs: 1000 };
  let isFirst = true;
  let isReachable = true;
  while (!signal.aborted) {
    const { lastId } = position;
    const headers = { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) };
    const response = await send(connection, { method: 'GET', path, headers }, signal).catch((error) => {
      if (isFirst && !signal.aborted) {
        throw error;
      }
    });
    if (response?.status === 204) {
      return undefined;
    }
    if (response && !response.ok) {
      return refusalIn(response);
    }
    if (!response && isReachable && !signal.aborted) {
      report('The app does not respond. Retries until it does; Ctrl+C ends this.');
    }
    isFirst = false;
    isReachable = response !== undefined;
    position = response ? await follow(response, position, options) : position;
    await sleep(position.retryMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** Prints the events of one response, until it ends or is cut. */
async function follow(response: Response, from: Position, { json, paint, print }: Tail): Promise<Position> {
  let position = from;
  try {
    for await (const event of eventsIn(response.body as unknown as AsyncIterable<Uint8Array>)) {
      position = { lastId: event.id ?? position.lastId, retryMs: event.retryMs ?? position.retryMs };
      if (event.data !== '') {
        print(json ? `{"event":${JSON.stringify(event.event)},"data":${event.data}}` : eventInWords(event, paint));
      }
    }
  } catch {
    // Cut: the next request continues after the last event.
  }
  return position;
}

/** The members of an event that say what happened, in the order in which they are printed. */
const saying: Readonly<Record<string, readonly string[]>> = {
  call: ['callId', 'status', 'from', 'to', 'reason'],
  incomplete: ['details'],
  timeline: ['at', 'kind', 'operation', 'event', 'status', 'reason', 'why'],
};

/** An event in one line; one of an unknown kind with its data as it is. */
export function eventInWords({ event = 'message', data }: ServerSentEvent, paint: Paint): string {
  const body = JSON.parse(data) as Readonly<Record<string, unknown>>;
  const words = saying[event]?.flatMap((name) => (body[name] === undefined ? [] : [String(body[name])])) ?? [data];
  return [paint('cyan', event.padEnd('timeline'.length)), ...words].join('  ');
}
