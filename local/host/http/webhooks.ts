/** `/runtime/webhooks/<extension>`: requests that extensions answer, most for the function in `?functionName=`. */

import type { Answer, Exchange } from './exchange.ts';
import type { Authorize } from './keys.ts';
import { queryValues } from './path.ts';
import { RequestError } from './request-error.ts';
import { writeStatus } from './response.ts';

/** Any other is 404 (HostController). */
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS'];

export class Webhooks {
  readonly #extensions = new Map<string, Map<string, Answer>>();
  readonly #areas = new Map<string, Answer>();

  /** Extension names ignore case; function names are as written. */
  add(extension: string, functionName: string, answer: Answer): void {
    const functions = this.#extensions.get(extension.toLowerCase()) ?? new Map<string, Answer>();
    this.#extensions.set(extension.toLowerCase(), functions.set(functionName, answer));
  }

  /** Has everything under an extension answered, whatever the function. */
  addArea(extension: string, answer: Answer): void {
    this.#areas.set(extension.toLowerCase(), answer);
  }

  /** The key is asked for before the extension is looked for. */
  async answer(exchange: Exchange, authorize: Authorize): Promise<void> {
    const extension = (exchange.segments[2] ?? '').toLowerCase();
    if (extension === '' || !methods.includes(exchange.request.method ?? '')) {
      throw new RequestError(404);
    }
    authorize({ to: 'webhook', extension }, exchange);
    const answer = this.#areas.get(extension) ?? this.#byFunction(extension);
    if (answer === undefined) {
      throw new RequestError(404);
    }
    await answer(exchange);
  }

  #byFunction(extension: string): Answer | undefined {
    const functions = this.#extensions.get(extension);
    if (functions === undefined) {
      return undefined;
    }
    return (exchange) => {
      const name = queryValues(exchange.url, 'functionName').join(',');
      const answer = functions.get(name);
      return answer === undefined
        ? writeStatus(exchange.response, 404, `cannot find function: '${name}'`)
        : answer(exchange);
    };
  }
}
