/** The parameters of a route. Hosts differ in whether they decode them. */
import type { HttpRequest } from '@azure/functions';

/** A parameter, decoded. A malformed escape is left as it came: nothing has such an id. */
export function pathParameter({ params }: HttpRequest, name: string): string {
  const segment = String(params[name]);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
