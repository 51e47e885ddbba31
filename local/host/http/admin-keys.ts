/** `/admin/host/keys` and its like: the keys of the host, as Azure lists them (KeysController). */

import type { Exchange } from './exchange.ts';
import type { Doors, NamedKeys } from './keys.ts';
import { RequestError } from './request-error.ts';
import type { Resource, Resources } from './resources.ts';
import { writeStatus } from './response.ts';

type KeysOf = (names: readonly string[]) => NamedKeys;

/** The keys for all functions, for one, and for extensions. `nameOf` throws for a function that is not there. */
export function keyResources(doors: Doors, nameOf: (name: string | undefined) => string): Resources {
  return {
    ...scope('host/keys', doors.hostKeys),
    ...scope('host/functionkeys', doors.hostKeys),
    ...scope('host/systemkeys', doors.systemKeys, doors.masterKey),
    ...scope('functions/*/keys', ([name]) => doors.functionKeys(nameOf(name))),
  };
}

/** The list of a scope, and each by its name; `unlisted` are given by their name only. */
function scope(path: string, keysOf: KeysOf, unlisted: KeysOf = () => ({})): Resources {
  return {
    [`GET ${path}`]: (exchange, names) => {
      const keys = Object.entries(keysOf(names)).map(([name, value]) => ({ name, value }));
      writeStatus(exchange.response, 200, { keys, links: selfLink(exchange) });
    },
    [`GET ${path}/*`]: (exchange, names) => {
      const name = names.at(-1) ?? '';
      const value = { ...keysOf(names), ...unlisted(names) }[name];
      if (value === undefined) {
        throw new RequestError(404);
      }
      writeStatus(exchange.response, 200, { name, value, links: selfLink(exchange) });
    },
    [`POST ${path}/*`]: unchangeable,
    [`PUT ${path}/*`]: unchangeable,
    [`DELETE ${path}/*`]: unchangeable,
  };
}

const unchangeable: Resource = () => {
  throw new RequestError(501, 'The keys of this host are changed in keys.json of its data folder.');
};

function selfLink({ url }: Exchange): object[] {
  return [{ rel: 'self', href: `${url.origin}${url.pathname}` }];
}
