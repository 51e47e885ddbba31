/** Reads a request once: path, query and body as they were sent, with what is wrong with their form. */
import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import type { FieldError } from '../errors.ts';
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
  readonly errors: readonly FieldError[];
}

/** Function keys may be sent as the query parameter `code`: that one is the host's. */
const keyParameter = 'code';

/** Reads a request. Throws the 415, 413 or 400 of its body. */
export async function receive(
  { path, method }: { readonly path: string; readonly method: string },
  request: HttpRequest,
): Promise<Received> {
  const body = method === 'GET' ? { fields: {}, errors: [] } : await readObject(request);
  const query = [...request.query.entries()].filter(([name]) => name !== keyParameter);
  return { ...body, path: readPath(request, path), query: Object.fromEntries(query), headers: request.headers };
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
