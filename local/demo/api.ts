/** A client of the HTTP API: JSON in; status and JSON, or else text, out. */

/** How long an operation is waited for before it is answered unsettled. */
const waitSeconds = 20;

export type Api = (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;

/** Sends requests below a URL until `over` is aborted. An answer of any status resolves. */
export function openApi(url: string, over: AbortSignal): Api {
  return async (method, path, body) => {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: { prefer: `wait=${waitSeconds}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: over,
    });
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson ? await response.json() : await response.text() };
  };
}
