/** JSON bodies of the management API. */

import { messageOf } from '../../errors.ts';
import { readBody } from '../../http/body.ts';
import type { Exchange } from '../../http/exchange.ts';
import { refusal } from './answers.ts';

/** The body as JSON text; `otherwise` stands for an empty one, which is refused without it. */
export async function readJson({ request }: Exchange, otherwise?: string): Promise<string> {
  const text = (await readBody(request)).toString();
  try {
    return text === '' && otherwise !== undefined ? otherwise : JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw refusal(400, 'Invalid JSON content', messageOf(error));
  }
}
