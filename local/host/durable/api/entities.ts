/** Durable entities: an app that this host serves has none, and the answers are those to such an app. */

import { answer, Refusal, refusal } from './answers.ts';
import type { ApiRequest } from './endpoint.ts';

export async function listEntities({ exchange }: ApiRequest): Promise<void> {
  answer(exchange.response, 200, []);
}

export async function readEntity(): Promise<void> {
  throw new Refusal(404);
}

export async function signalEntity({ parameters: [name = ''] }: ApiRequest): Promise<void> {
  throw refusal(
    400,
    `The function '${name}' doesn't exist, is disabled, or is not an entity function. Additional info: ` +
      'No entity functions are currently registered!',
  );
}
