/** Requests and answers without sockets and streams. */

/** A request that has arrived whole. */
export interface WireRequest {
  readonly method: string;
  /** Path and query exactly as they came, because that is what a client signs. */
  readonly target: string;
  /** The path alone, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
  /** Scheme and host of the request, without a slash at the end. */
  readonly origin: string;
  /** Port of the listener that took the request. */
  readonly port: number;
  /** Whether the peer is on this machine. */
  readonly fromLoopback: boolean;
  /** Host and port that the client named to a proxy: by CONNECT, or by a target in absolute form. */
  readonly proxied?: string;
}

/**
 * What goes back: JSON, or bytes as they are; neither means an empty body. `cut` closes the socket instead. A CONNECT that
 * is answered 200 gets a tunnel to the https listener.
 */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly bytes?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly cut?: boolean;
}

/** The single value of a header, or undefined when it is absent or repeated. */
export function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Deeper than any request (chosen here): code that traverses a body must not exhaust the stack. */
const MAX_DEPTH = 64;

/** Parses a JSON body; an empty one is undefined. Throws on anything else, and on what is nested too deep. */
export function parseJson(body: Buffer): unknown {
  const value: unknown = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
  if (isDeeperThan(MAX_DEPTH, value)) {
    throw new RangeError(`The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  return value;
}

/** The value without the members that are null, at every level: the service reads them as members that are left out. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

function isDeeperThan(depth: number, value: unknown): boolean {
  const isNested = typeof value === 'object' && value !== null;
  return isNested && (depth === 0 || Object.values(value).some((each) => isDeeperThan(depth - 1, each)));
}
