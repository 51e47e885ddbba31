/** `/admin`: state of the host, its keys, the list of functions, and running one by hand. */

import { versions } from '../app/core-module.ts';
import type { Invoke } from '../app/invocations.ts';
import type { Log } from '../log.ts';
import type { ServedFunction } from '../triggers/trigger.ts';
import { keyResources } from './admin-keys.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Doors } from './keys.ts';
import { RequestError } from './request-error.ts';
import { findResource, type Resources } from './resources.ts';
import { writeStatus } from './response.ts';
import { runByHand } from './run-by-hand.ts';

export interface AdminOptions {
  readonly served: readonly ServedFunction[];
  readonly invoke: Invoke;
  readonly doors: Doors;
  readonly log: Log;
}

/** The paths that need no key. */
const open: Resources = {
  'GET host/ping': ping,
  'POST host/ping': ping,
  '* warmup': ({ response }) => writeStatus(response, 200),
};

/** Answers what is under `/admin`, all but `open` for the master key alone. */
export function adminArea({ served, doors, ...running }: AdminOptions): Answer {
  const named = (name: string | undefined) => {
    const found = served.find(({ fn }) => fn.name.toLowerCase() === name?.toLowerCase());
    if (found === undefined) {
      throw new RequestError(404);
    }
    return found;
  };
  const locked: Resources = {
    'GET host/status': ({ response }) => writeStatus(response, 200, hostStatus()),
    'GET functions': (exchange) => {
      const list = served.map((one) => describe(one, exchange));
      writeStatus(exchange.response, 200, list);
    },
    'GET functions/*': (exchange, [name]) => writeStatus(exchange.response, 200, describe(named(name), exchange)),
    'GET functions/*/status': ({ response }, [name]) => writeStatus(response, 200, named(name) && {}),
    'POST functions/*': (exchange, [name]) => runByHand(named(name), exchange, running),
    ...keyResources(doors, (name) => named(name).fn.name),
  };
  return async (exchange) => {
    const path = exchange.segments.slice(1);
    const method = exchange.request.method ?? '';
    const free = findResource(open, method, path);
    const answer = free ?? findResource(locked, method, path);
    if (answer === undefined) {
      throw new RequestError(404);
    }
    if (free === undefined) {
      doors.authorize({ to: 'admin' }, exchange);
    }
    await answer(exchange);
  };
}

function ping({ response }: Exchange): void {
  response.setHeader('cache-control', 'no-store,no-cache').setHeader('pragma', 'no-cache');
  writeStatus(response, 200);
}

function hostStatus(): object {
  return {
    id: 'local',
    state: 'Running',
    version: versions.host,
    versionDetails: versions.host,
    processUptime: Math.round(process.uptime() * 1000),
  };
}

function describe({ fn, route }: ServedFunction, { url }: Exchange): object {
  const bindings = Object.entries(fn.bindings).map(([name, binding]) => ({ name, ...binding }));
  const isHttp = fn.trigger.type === 'httpTrigger' && route !== undefined;
  return {
    name: fn.name,
    href: `${url.origin}/admin/functions/${fn.name}`,
    invoke_url_template: isHttp ? `${url.origin}/${route}` : null,
    language: 'node',
    isDisabled: false,
    isDirect: false,
    isProxy: false,
    config: { name: fn.name, language: 'node', bindings },
  };
}
