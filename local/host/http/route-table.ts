/** The routes of an app's HTTP functions: refuses those that Azure cannot reach, finds the function a request is for. */

import type { AppFunction } from '../app/function.ts';
import { HostError } from '../errors.ts';
import { covers } from './route-overlap.ts';
import type { RouteParameters } from './route-segment.ts';
import { parseRouteTemplate, type RouteTemplate } from './route-template.ts';

export interface Route {
  readonly fn: AppFunction;
  readonly template: RouteTemplate;
  /** In upper case; undefined serves every method. */
  readonly methods: readonly string[] | undefined;
}

export interface RouteMatch {
  readonly fn: AppFunction;
  readonly parameters: RouteParameters;
}

/** Azure refuses any route with such a start, whatever the prefix (ScriptHost.ValidateHttpFunction). */
const reserved = /^(admin|runtime)/i;

/**
 * Routes are tried in the order in which they were added, and the first match wins: Azure has no precedence of literals
 * over parameters (WebJobsRouter; azure-functions-host #3153, #9876).
 */
export class RouteTable {
  readonly #prefix: string;
  readonly #routes: Route[] = [];

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds a function under its `route`, by default its name; throws when the route is reserved or never reached. */
  add(fn: AppFunction): Route {
    const { route, methods } = fn.trigger;
    const own = typeof route === 'string' && route !== '' ? route.replace(/^\/+|\/+$/g, '') : fn.name;
    if (reserved.test(own)) {
      throw new HostError(
        `Function "${fn.name}" has the route "${own}": routes that start with "admin" or "runtime" belong to the host.`,
      );
    }
    const template = parseRouteTemplate([this.#prefix, own].filter((part) => part !== '').join('/'));
    const added = { fn, template, methods: upperCase(methods) };
    for (const earlier of this.#routes) {
      refuseUnreachable(added, earlier);
    }
    this.#routes.push(added);
    return added;
  }

  /** A method that no function of the path serves is no match: Azure answers 404 then, never 405. */
  find(method: string, path: readonly string[]): RouteMatch | undefined {
    for (const { fn, template, methods } of this.#routes) {
      const parameters = methods === undefined || methods.includes(method) ? template.match(path) : undefined;
      if (parameters !== undefined) {
        return { fn, parameters };
      }
    }
    return undefined;
  }
}

function refuseUnreachable(added: Route, earlier: Route): void {
  const taken = sharedMethods(added, earlier);
  if (taken !== undefined && covers(earlier.template, added.template)) {
    throw new HostError(
      `Function "${added.fn.name}" can never be reached${taken}: its route "${added.template.text}" is taken by ` +
        `"${earlier.fn.name}" ("${earlier.template.text}"), which Azure tries first, in the order of function names. ` +
        'Rename one of them, or constrain the parameter.',
    );
  }
}

/** The methods that both serve, for a message; undefined when there are none. */
function sharedMethods({ methods }: Route, { methods: others }: Route): string | undefined {
  const shared = methods?.filter((method) => others === undefined || others.includes(method)) ?? others ?? [];
  if (shared.length === 0 && (methods !== undefined || others !== undefined)) {
    return undefined;
  }
  return shared.length === 0 ? '' : ` for ${shared.join(', ')}`;
}

function upperCase(methods: unknown): string[] | undefined {
  return Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : undefined;
}
