/** A client of the emulator's control API. */

/** A refusal with the emulator's message; status 0 when it does not answer. */
class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Resolves to the parsed answer; rejects with a Refusal.
 *
 * @param {'GET' | 'PUT' | 'POST' | 'DELETE'} method
 * @param {string} path below `/emulator/`
 * @param {unknown} [body]
 */
async function call(method, path, body) {
  const answer = await send(method, path, body);
  const text = await answer.text();
  if (answer.ok) {
    return text === '' ? undefined : JSON.parse(text);
  }
  throw new Refusal(answer.status, JSON.parse(text).error.message);
}

/** @param {string} method @param {string} path @param {unknown} body */
async function send(method, path, body) {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  try {
    return await fetch(`/emulator/${path}`, { method, ...init });
  } catch {
    throw new Refusal(0, 'The emulator does not answer. Is it still running?');
  }
}

export const control = {
  /** @param {string} path */
  get: (path) => call('GET', path),
  /** @param {string} path @param {unknown} body */
  put: (path, body) => call('PUT', path, body),
  /** @param {string} path @param {unknown} [body] */
  post: (path, body) => call('POST', path, body),
  /** @param {string} path */
  delete: (path) => call('DELETE', path),
};
