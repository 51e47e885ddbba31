/** Resources of the host's own: which answers a method and path below one of its areas. */

import type { Answer, Exchange } from './exchange.ts';

/** Answers a request; `names` are the parts of its path that the pattern leaves open. */
export type Resource = (exchange: Exchange, names: readonly string[]) => Promise<void> | void;

/** By method and path, such as `GET functions/*`; `*` is any. Paths are in lower case and match whatever the case. */
export type Resources = Readonly<Record<string, Resource>>;

/** The resource of a method and path; undefined when there is none. */
export function findResource(resources: Resources, method: string, path: readonly string[]): Answer | undefined {
  for (const [pattern, resource] of Object.entries(resources)) {
    const [wantedMethod, wanted = ''] = pattern.split(' ');
    const parts = wanted.split('/');
    const isMatch =
      (wantedMethod === '*' || wantedMethod === method) &&
      parts.length === path.length &&
      parts.every((part, index) => part === '*' || part === path[index]?.toLowerCase());
    if (isMatch) {
      const names = path.filter((_, index) => parts[index] === '*');
      return (exchange) => resource(exchange, names);
    }
  }
  return undefined;
}
