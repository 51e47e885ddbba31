/** A client of the control API, for tests that embed the emulator. */

/** Paths are relative to `/emulator`. Calls resolve to the parsed JSON, or reject with the status and the body. */
export interface Control {
  get(path: string): Promise<unknown>;
  put(path: string, body: unknown): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
  delete(path: string): Promise<unknown>;
}

/** An answer of the control API that is not a success. */
class ControlError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(call: string, status: number, body: unknown) {
    super(`${call} answered ${status}: ${JSON.stringify(body)}`);
    this.name = 'ControlError';
    this.status = status;
    this.body = body;
  }
}

export function controlClient(url: string): Control {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url}/emulator/${path}`, { method, ...init });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) {
      throw new ControlError(`${method} ${path}`, response.status, answer);
    }
    return answer;
  };
  return {
    get: (path) => call('GET', path),
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
  };
}
