/** `/runtime/webhooks/<extension>`: requests that extensions answer, most for the function in `?functionName=`. */

import type { Answer, Exchange } from './exchange.ts';
import type { Authorize } from './keys.ts';
import { RequestError } from './request-error.ts';

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

  async answer(exchange: Exchange, authorize: Authorize): Promise<void> {
    const extension = (exchange.segments[2] ?? '').toLowerCase();
    const area = this.#areas.get(extension);
    const functions = this.#extensions.get(extension);
    if (area === undefined && functions === undefined) {
      throw new RequestError(404, `There is no webhook "${extension}".`);
    }
    authorize({ level: 'system', extension }, exchange);
    const functionName = exchange.url.searchParams.get('functionName') ?? '';
    const answer = area ?? functions?.get(functionName);
    if (answer === undefined) {
      throw new RequestError(404, `No function "${functionName}" has this webhook.`);
    }
    await answer(exchange);
  }
}
