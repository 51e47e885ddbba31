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
