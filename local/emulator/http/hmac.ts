/** Verifies the HMAC signatures of ACS's SDKs, which differ in the host and the path that they sign. */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { header, type WireRequest } from './message.ts';

/** A call and a participant, each with an action: each more doubles the signatures to compare. */
const MOST_UNSAFE_SEGMENTS = 4;

/** What a signature may have been made for, besides the request itself. */
export interface HmacKey {
  readonly accessKey: string;
  /** Hosts of the endpoint as clients know it, e.g. behind `--public-url`. */
  readonly hosts: readonly string[];
}

/**
 * Undefined when the signature is good, else what is wrong with it. The date is signed but not compared with the clock:
 * the JS SDK sends the first attempt's date with every retry.
 */
export function hmacProblem(request: WireRequest, key: HmacKey): string | undefined {
  const parsed = /^HMAC-SHA256\s+SignedHeaders=([^&]+)&Signature=(.+)$/i.exec(header(request, 'authorization') ?? '');
  const [, signedHeaders, signature] = parsed ?? [];
  if (signedHeaders === undefined || signature === undefined) {
    return 'Authorization must be "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=…".';
  }
  const contentHash = createHash('sha256').update(request.body).digest('base64');
  if (header(request, 'x-ms-content-sha256') !== contentHash) {
    return `x-ms-content-sha256 must be the SHA-256 of the body in base64, ${contentHash}.`;
  }
  const names = signedHeaders.toLowerCase().split(';');
  const missing = ['host', 'x-ms-content-sha256'].filter((name) => !names.includes(name));
  if (!names.some((name) => name === 'x-ms-date' || name === 'date')) {
    missing.push('x-ms-date');
  }
  if (missing.length > 0) {
    return `SignedHeaders lacks ${missing.join(' and ')}.`;
  }
  const given = Buffer.from(signature.trim(), 'base64');
  const secret = Buffer.from(key.accessKey, 'base64');
  const isGood = candidates(request, names, key.hosts).some((text) => {
    const expected = createHmac('sha256', secret).update(text).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isGood ? undefined : 'The signature does not match the access key, the host, the path, the date and the body.';
}

/** Every string that some SDK would have signed for this request. */
function candidates(request: WireRequest, names: readonly string[], configuredHosts: readonly string[]): string[] {
  const verb = request.method.toUpperCase();
  return targets(request).flatMap((target) =>
    hosts(request, configuredHosts).map((host) => {
      const values = names.map((name) => (name === 'host' ? host : (header(request, name) ?? '')));
      return `${verb}\n${target}\n${values.join(';')}`;
    }),
  );
}

/**
 * As sent (JS, Java, .NET), with the path decoded, decoded whole, and with segments encoded that were sent decoded:
 * Python's async client signs one form, and its HTTP library sends another.
 */
function targets({ target, path }: WireRequest): string[] {
  const query = target.slice(path.length);
  try {
    const paths = [decodeURIComponent(path), ...reencoded(path)];
    return [...new Set([target, ...paths.map((each) => each + query), decodeURIComponent(target)])];
  } catch {
    return [target];
  }
}

/** The path with none, some or all of its segments encoded; a longer path than ACS has is left as it is. */
function reencoded(path: string): string[] {
  const segments = path.split('/').map(decodeURIComponent);
  const unsafe = segments.filter((segment) => encodeURIComponent(segment) !== segment);
  if (unsafe.length > MOST_UNSAFE_SEGMENTS) {
    return [];
  }
  const forms = segments.map((segment) => [...new Set([segment, encodeURIComponent(segment)])]);
  const paths = forms.reduce<string[][]>(
    (starts, next) => starts.flatMap((start) => next.map((form) => [...start, form])),
    [[]],
  );
  return paths.map((path) => path.join('/'));
}

/**
 * As sent (JS, Python, .NET), without the port (Java), with the port a client left out, and the public host. Requests
 * for recordings go to a storage host and are signed for the resource's, which they name in `x-ms-host`.
 */
function hosts(request: WireRequest, configuredHosts: readonly string[]): string[] {
  const named = header(request, 'x-ms-host');
  const sent = [header(request, 'host') ?? '', ...(named === undefined ? [] : [named]), ...configuredHosts];
  const bare = sent.map((host) => host.replace(/:\d+$/, ''));
  return [...new Set([...sent, ...bare, ...bare.map((host) => `${host}:${request.port}`)])];
}
