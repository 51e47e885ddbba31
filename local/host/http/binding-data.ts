/**
 * The binding data of an HTTP request: body, query and route merged into one dictionary that ignores case
 * (HttpTriggerAttributeBindingProvider of azure-webjobs-sdk-extensions). An app that streams HTTP finds its route
 * parameters and headers in there and nowhere else, so that other members of that name get in their way.
 */

import type { IncomingMessage } from 'node:http';
import type { TypedData } from '../app/rpc.ts';
import type { RequestUrl } from './path.ts';
import { headersOf } from './request.ts';
import type { RouteParameters } from './route-segment.ts';

/** The query parameter of a key, which functions do not get. */
const keyParameter = 'code';

/**
 * What comes later wins, under the name that came first: `{"ID": 1}` in the body of a request for `calls/{id}` leaves
 * `ID`, with the value of the route, and no `id`. `Query` and `Headers` are added unless there is one already.
 */
export function bindingData(
  request: IncomingMessage,
  { url }: RequestUrl,
  parameters: RouteParameters,
  body: string,
): Readonly<Record<string, TypedData>> {
  const query = [...url.searchParams].filter(([name]) => name.toLowerCase() !== keyParameter);
  const merged = new Map<string, { readonly name: string; readonly data: TypedData | undefined }>();
  const put = (name: string, data: TypedData | undefined) => {
    const key = name.toLowerCase();
    merged.set(key, { name: merged.get(key)?.name ?? name, data });
  };
  for (const [name, value] of membersOf(body)) {
    put(name, value);
  }
  for (const [name, string] of query) {
    put(name, { string });
  }
  for (const [name, string] of Object.entries(parameters)) {
    put(name, string === undefined ? undefined : { string });
  }
  for (const [name, value] of Object.entries({ Query: Object.fromEntries(query), Headers: headersOf(request) })) {
    if (!merged.has(name.toLowerCase())) {
      put(name, { json: JSON.stringify(value) });
    }
  }
  const given = [...merged.values()].flatMap(({ name, data }) => (data === undefined ? [] : [{ name, data }]));
  return Object.fromEntries(given.map(({ name, data }) => [name, data]));
}

/** The members of a JSON object, whatever its content type: all but arrays and null, as .NET writes them. */
function membersOf(body: string): [string, TypedData][] {
  return Object.entries(objectIn(body)).flatMap(([name, value]): [string, TypedData][] => {
    if (value === null || Array.isArray(value)) {
      return [];
    }
    return [[name, typeof value === 'object' ? { json: JSON.stringify(value) } : { string: textOf(value) }]];
  });
}

function objectIn(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'boolean' ? `${value ? 'True' : 'False'}` : String(value);
}
