/** A client of the HTTP API as a team's back end would have one: method, path, body; status, headers, body. */
import { hostKey } from './target.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any shape, and an assertion on a member that is not there fails.
  readonly body: any;
}

export type Api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** `fetch` with the host's key, for what is asked of the host rather than of the API, and for bodies that are no JSON. */
export function request(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (hostKey !== undefined) {
    headers.set('x-functions-key', hostKey);
  }
  return fetch(url, { ...init, headers });
}

/** Objects are sent as JSON, strings as they are. */
export function apiAt(base: string): Api {
  return async (method, path, body, headers = {}) => {
    const response = await request(`${base}/${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };
}

/** Asks until the answer is as wanted. Fails with the last answer when it does not become so in time. */
export async function eventually<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  withinMs = 240_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) {
      return answer;
    }
    if (Date.now() > until) {
      throw new Error(`not as wanted within ${withinMs} ms: ${JSON.stringify(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
