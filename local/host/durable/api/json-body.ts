/** JSON bodies of the management API. */

import { readBody } from '../../http/body.ts';
import type { Exchange } from '../../http/exchange.ts';
import { RequestError } from '../../http/request-error.ts';

/** The body as JSON text, `null` for none. */
export async function readJson({ request }: Exchange): Promise<string> {
  const text = (await readBody(request)).toString();
  if (text === '') {
    return 'null';
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new RequestError(400, 'Invalid JSON content: expected a JSON value, or no body at all.');
  }
}
