/** A client of the HTTP API: JSON in; status and JSON, or else text, out. */

import type { Scene } from './scene.ts';

/** How long an operation is waited for before it is answered unsettled. */
const waitSeconds = 20;

export type Api = (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;

type App = Pick<Scene, 'apiUrl' | 'key' | 'over'>;

/** Sends requests until the scene is over. An answer of any status resolves. */
export function openApi(app: App): Api {
  return async (method, path, body) => {
    const response = await send(app, path, {
      method,
      headers: { prefer: `wait=${waitSeconds}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson ? await response.json() : await response.text() };
  };
}

/** One request with the app's key, as `fetch` has it. */
export function send({ apiUrl, key, over }: App, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (key !== undefined) {
    headers.set('authorization', `Bearer ${key}`);
  }
  return fetch(`${apiUrl}/${path}`, { ...init, headers, signal: over });
}
