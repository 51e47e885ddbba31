/**
 * Cross-origin requests of browsers, by the setting CORS_ORIGINS. Cookies play no part: a caller is known by a header. The
 * platform's own CORS stays off, because it cannot expose response headers, and takes precedence over this one.
 */

/** What a script of another origin may read; browsers hide any other header. */
const exposed = [
  'x-request-id',
  'api-version',
  'etag',
  'location',
  'operation-location',
  'idempotent-replayed',
  'preference-applied',
  'retry-after',
  'allow',
  'accept-ranges',
  'content-range',
  'www-authenticate',
];

/** What a script of another origin may send. */
const accepted = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-range',
  'last-event-id',
  'prefer',
  'range',
  'traceparent',
  'tracestate',
  'x-api-key',
  'x-request-id',
];

const preflightSeconds = 600;

/** The headers of a response to an allowed origin. `Vary` stands on every response once an origin is allowed. */
export function corsHeaders(requested: Headers, origins: readonly string[]): Readonly<Record<string, string>> {
  if (origins.length === 0) {
    return {};
  }
  const origin = requested.get('origin');
  const isAllowed = origin !== null && (origins.includes('*') || origins.includes(origin));
  return {
    vary: 'Origin',
    ...(isAllowed && {
      'access-control-allow-origin': origins.includes('*') ? '*' : origin,
      'access-control-expose-headers': exposed.join(', '),
    }),
  };
}

/** What a preflight learns besides: which methods the path has. */
export function preflightHeaders(methods: string): Readonly<Record<string, string>> {
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': accepted.join(', '),
    'access-control-max-age': String(preflightSeconds),
  };
}
