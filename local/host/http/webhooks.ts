/** `/runtime/webhooks/<extension>?functionName=…`: requests that trigger extensions answer for their functions. */

import type { Answer, Exchange } from './exchange.ts';
import type { Authorize } from './keys.ts';
import { RequestError } from './request-error.ts';

export class Webhooks {
  readonly #extensions = new Map<string, Map<string, Answer>>();

  /** Extension names ignore case; function names are as written. */
  add(extension: string, functionName: string, answer: Answer): void {
    const functions = this.#extensions.get(extension.toLowerCase()) ?? new Map<string, Answer>();
    this.#extensions.set(extension.toLowerCase(), functions.set(functionName, answer));
  }

  async answer(exchange: Exchange, authorize: Authorize): Promise<void> {
    const extension = (exchange.segments[2] ?? '').toLowerCase();
    const functions = this.#extensions.get(extension);
    if (functions === undefined) {
      throw new RequestError(404, `There is no webhook "${extension}".`);
    }
    authorize({ level: 'system', extension }, exchange);
    const functionName = exchange.url.searchParams.get('functionName') ?? '';
    const answer = functions.get(functionName);
    if (answer === undefined) {
      throw new RequestError(404, `No function "${functionName}" has this webhook.`);
    }
    await answer(exchange);
  }
}
