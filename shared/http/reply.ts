/** What a handler returns, and the HTTP response that it becomes: each value in it as its caller may see it. */
import type * as z from 'zod';

/** The result of a request. Without a status it is the first that the endpoint declares. */
export interface Reply<Result> {
  readonly body: Result;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as a text of another type, which is among the headers, made of what the caller may see. */
  toText?(shown: Result): string;
  /** Ids of what the answer is about, besides those that the body has. */
  readonly about?: Readonly<Record<string, string>>;
}

/** The body of a file: bytes as they are read. Its content type is among the headers. */
export type FileBody = AsyncIterable<Uint8Array>;

/** A response before it is sent. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | FileBody;
  /** Ids of what it is about. */
  readonly about?: Readonly<Record<string, string>>;
}

/** A success as its endpoint declares it. */
interface Declared {
  readonly status: number;
  readonly schema?: z.ZodType;
}

/** How the caller sees values. */
interface Showing {
  show(value: unknown, schema: z.ZodType | undefined): unknown;
}

/** The response of a reply: JSON, unless its headers name another content type; no body when there is none. */
export function toResponse(
  { body, status: given, headers = {}, toText, about }: Reply<unknown>,
  success: readonly [Declared, ...Declared[]],
  view: Showing,
): ApiResponse {
  const status = given ?? success[0].status;
  const response = { status, headers, about: { ...idsIn(body), ...about } };
  if (body === undefined) {
    return response;
  }
  if (isFile(body)) {
    return { ...response, body };
  }
  const shown = view.show(body, success.find((one) => one.status === status)?.schema);
  return toText
    ? { ...response, body: toText(shown) }
    : { ...response, headers: { ...headers, 'content-type': 'application/json' }, body: jsonText(shown) };
}

function isFile(body: unknown): body is FileBody {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** The ids among the members of a resource: its own, and those of what it belongs to. */
function idsIn(body: unknown): Readonly<Record<string, string>> {
  const ids = Object.entries(Object(body)).filter(([name, id]) => name.endsWith('Id') && typeof id === 'string');
  return Object.fromEntries(ids) as Record<string, string>;
}

/** JSON that ends with a newline, so that a shell prompt starts on a line of its own. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** The reply of a deletion. */
export const noContent: Reply<undefined> = { body: undefined };
