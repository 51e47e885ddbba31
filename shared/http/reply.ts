/** What a handler returns, and the HTTP response that it becomes. */
import type { HttpResponseInit } from '@azure/functions';

/** The result of a request. Without a status it is the first that the endpoint declares. */
export interface Reply<Result> {
  readonly body: Result;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of a file: bytes as they are read. Its content type is among the headers. */
export type FileBody = AsyncIterable<Uint8Array>;

/** The response of a reply: JSON, unless its headers name another content type; no body when there is none. */
export function toResponse({ body, status, headers = {} }: Reply<unknown>, defaultStatus: number): HttpResponseInit {
  const response = { status: status ?? defaultStatus, headers };
  if (body === undefined) {
    return response;
  }
  return headers['content-type'] === undefined
    ? { ...response, headers: { ...headers, 'content-type': 'application/json' }, body: jsonText(body) }
    : { ...response, body: body as FileBody };
}

/** JSON that ends with a newline, so that a shell prompt starts on a line of its own. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** The reply of a deletion. */
export const noContent: Reply<undefined> = { body: undefined };
