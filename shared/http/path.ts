/** The parameters of a route. Hosts differ in whether they decode them. */
import type { HttpRequest } from '@azure/functions';

/**
 * A parameter, decoded. A malformed escape is left as it came: nothing has such an id. A UUID comes in lower case, as
 * ours are written, in whatever case a client keeps them. Azure gives a streamed request the value of the route under the
 * spelling that a client used for a member of its body or query (`?CALLID=…`), so the name is looked up without regard to
 * case (HttpTriggerAttributeBindingProvider of azure-webjobs-sdk-extensions).
 */
export function pathParameter({ params }: HttpRequest, name: string): string {
  const values = Object.fromEntries(Object.entries(params).map(([spelling, value]) => [spelling.toLowerCase(), value]));
  const parameter = decoded(String(values[name.toLowerCase()]));
  return isUuid(parameter) ? parameter.toLowerCase() : parameter;
}

/** Whether a text has the form of the ids of calls and operations. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
