/** The path of a request as ASP.NET Core hands it to the real host: segments, percent-decoded once, without dots. */

import type { IncomingMessage } from 'node:http';

export interface RequestUrl {
  /** Absolute, as the caller wrote it. */
  readonly url: URL;
  readonly segments: readonly string[];
}

/** The URL a request names; undefined when path or Host header make none. */
export function requestUrl(request: IncomingMessage): RequestUrl | undefined {
  const target = request.url ?? '';
  const text = target.startsWith('/') ? `http://${request.headers.host ?? ''}${target}` : target;
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const [path = ''] = target.startsWith('/') ? target.split('?') : [url.pathname];
  const segments = pathSegments(path);
  return segments.some((segment) => segment.includes('\0')) ? undefined : { url, segments };
}

/** Splits before decoding, so that an encoded slash never separates. A slash at the end does not count. */
export function pathSegments(path: string): string[] {
  const segments: string[] = [];
  for (const segment of path.split('/').slice(1).map(decodeSegment)) {
    if (segment === '..') {
      segments.pop();
    } else if (segment !== '.') {
      segments.push(segment);
    }
  }
  if (segments.at(-1) === '') {
    segments.pop();
  }
  return segments;
}

/** Kestrel's decoding: UTF-8 escapes become characters, `%2F` and what is not valid UTF-8 stay as they are. */
export function decodeSegment(segment: string): string {
  return segment.replace(/(?:%(?!2f)[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/**
 * Path and query as the real host's proxy forwards them to the app: decoded segments are encoded anew, so that an encoded
 * slash arrives as `%252F`; the query stays as it was.
 */
export function forwardedTarget({ url, segments }: RequestUrl): string {
  const end = url.pathname.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.map(encodeSegment).join('/')}${end}${url.search}`;
}

/** Leaves what RFC 3986 allows in a segment. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}

/** The values of a query parameter, whatever the case of its name, as ASP.NET Core reads it. */
export function queryValues({ searchParams }: URL, name: string): string[] {
  return [...searchParams].filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}
