/** Reads a request once: path, query and body as they were sent, with what is wrong with their form. */
import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { type FieldError, invalidInput } from '../errors.ts';
import { characterErrors } from '../operations/fields/characters.ts';
import { fieldErrors } from '../operations/parse-input.ts';
import { readPath } from './path.ts';
import { readObject } from './read-body.ts';

type Texts = Readonly<Record<string, string>>;

/** A request as it was sent. */
export interface Received {
  readonly path: Texts;
  readonly query: Texts;
  readonly headers: Headers;
  /** The members of the body; none of a body that is no object, which is among the errors. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What is wrong with its form and its characters, wherever they are. */
  readonly errors: readonly FieldError[];
  /** The response has no body: there is no need to open what a body would be read from. */
  readonly isHead: boolean;
}

/** Function keys may be sent as the query parameter `code`: that one is the host's. */
const keyParameter = 'code';

/** What of an endpoint says how its requests are read. */
interface Route {
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/**
 * Reads a request. Throws the 415, 413 or 400 of its body, and the 422 of a path with characters that no id has: nothing is
 * looked up by them.
 */
export async function receive(route: Route, request: HttpRequest): Promise<Received> {
  const { fields, errors } = route.method === 'GET' ? { fields: {}, errors: [] } : await readObject(request);
  const path = readPath(request, route.path);
  const query = Object.fromEntries([...request.query.entries()].filter(([name]) => name !== keyParameter));
  const headers = Object.keys(route.headers ?? {}).map((name) => [name, request.headers.get(name) ?? '']);
  const inPath = characterErrors(path);
  const all = [
    ...inPath,
    ...errors,
    ...[query, Object.fromEntries(headers), fields].flatMap((one) => characterErrors(one)),
  ];
  if (inPath.length > 0) {
    throw invalidInput(all);
  }
  return { fields, errors: all, path, query, headers: request.headers, isHead: request.method === 'HEAD' };
}

/** The parsed value, and everything that is wrong with it. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  ifUnknown?: string,
): { readonly data: z.output<Schema> | undefined; readonly errors: readonly FieldError[] } {
  const { data, error } = schema.safeParse(value);
  const errors = (error?.issues ?? []).flatMap((issue) => {
    const found = fieldErrors(issue);
    return issue.code === 'unrecognized_keys' && ifUnknown !== undefined
      ? found.map(({ path }) => ({ path, message: ifUnknown }))
      : found;
  });
  return { data, errors };
}
