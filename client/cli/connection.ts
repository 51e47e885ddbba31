/** Where the API answers, and requests to it. */
import type { Request } from './arguments.ts';

export interface Connection {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  readonly key: string | undefined;
}

/** The address of `npm run dev`. */
const usualUrl = 'http://127.0.0.1:7071/api';

/** The options, or else SWITCHBOARD_URL and SWITCHBOARD_KEY, or else those of `npm run dev`. */
export function connectionOf(
  options: { readonly url?: string | undefined; readonly key?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Connection {
  const given = options.url ?? (environment.SWITCHBOARD_URL || usualUrl);
  const url = given.replace(/\/+$/, '');
  return {
    url: /^https?:\/\/[^/]+$/.test(url) ? `${url}/api` : url,
    key: options.key ?? (environment.SWITCHBOARD_KEY || undefined),
  };
}

/** No program answers at the address. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Sends a request; any status resolves. Rejects with Unreachable when nothing answers. */
export async function send(
  { url, key }: Connection,
  { method, path, headers, body }: Request,
  signal?: AbortSignal,
): Promise<Response> {
  const init = {
    method,
    headers: {
      ...headers,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    redirect: 'manual' as const,
  };
  const answer = await fetch(`${url}${path}`, init).catch((error: Error) => {
    throw signal?.aborted ? error : unreachable(url, error);
  });
  const location = answer.headers.get('location');
  // The link to a file of a recording leads to storage, which must not get the key.
  return answer.status === 302 && location !== null ? fetch(location, signal && { signal }) : answer;
}

function unreachable(url: string, error: Error): Unreachable {
  const { cause } = error;
  const why = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : error.message;
  const advice = 'start it with "npm run dev", or name another by --url or SWITCHBOARD_URL';
  return new Unreachable(`Nothing answers at ${url} (${why}).\nwhat to do: ${advice}`, { cause: error });
}

/** An answer by which the API refused a request. */
export interface Refusal {
  readonly status: number;
  readonly problem: unknown;
}

export async function refusalIn(response: Response): Promise<Refusal> {
  return { status: response.status, problem: await contentOf(response) };
}

/** The JSON of an answer, or its text. */
export async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return isJson && text !== '' ? JSON.parse(text) : text;
}
