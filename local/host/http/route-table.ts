/** The routes of an app's HTTP functions: refuses those that clash, finds the function a request is for. */

import type { AppFunction } from '../app/function.ts';
import { HostError } from '../errors.ts';
import { byPrecedence, parseRouteTemplate, type RouteParameters, type RouteTemplate } from './route-template.ts';

export interface Route {
  readonly fn: AppFunction;
  readonly template: RouteTemplate;
  readonly methods: readonly string[];
}

export interface RouteMatch {
  readonly fn: AppFunction;
  readonly parameters: RouteParameters;
}

/** First segments that belong to the host itself. */
const reserved = ['admin', 'runtime'];

export class RouteTable {
  readonly #prefix: string;
  #routes: Route[] = [];

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds a function under its `route`, by default its name; throws when the route is reserved or taken. */
  add(fn: AppFunction): Route {
    const { route, methods } = fn.trigger;
    const own = typeof route === 'string' && route !== '' ? route.replace(/^\/+|\/+$/g, '') : fn.name;
    const template = parseRouteTemplate([this.#prefix, own].filter((part) => part !== '').join('/'));
    const added = { fn, template, methods: upperCase(methods) };
    if (reserved.includes(template.signature.split('/')[0] ?? '')) {
      throw new HostError(
        `Function "${fn.name}" has the route "${template.text}": "admin" and "runtime" are the host's.`,
      );
    }
    const rival = this.#routes.find((other) => clash(other, added));
    if (rival !== undefined) {
      throw new HostError(
        `Functions "${rival.fn.name}" and "${fn.name}" clash: both serve the route "${template.text}".`,
      );
    }
    this.#routes = [...this.#routes, added].sort((one, other) => byPrecedence(one.template, other.template));
    return added;
  }

  /** A method that no function of the path serves is no match: the real host answers 404 then, never 405. */
  find(method: string, path: readonly string[]): RouteMatch | undefined {
    for (const { fn, template, methods } of this.#routes) {
      const parameters = methods.includes(method) ? template.match(path) : undefined;
      if (parameters !== undefined) {
        return { fn, parameters };
      }
    }
    return undefined;
  }
}

function clash(one: Route, other: Route): boolean {
  const shareMethod = one.methods.some((method) => other.methods.includes(method));
  return shareMethod && one.template.signature === other.template.signature;
}

function upperCase(methods: unknown): string[] {
  return Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : [];
}
