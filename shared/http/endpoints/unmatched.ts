/**
 * Requests that no other function takes: the index of the API, preflights of browsers and OPTIONS, a method that a path does
 * not have, and paths that are none. The host knows no path without a segment, so the index has no route of its own. Nothing
 * but what is open to everyone is answered here, as no key is asked for.
 */
import { AppError } from '../../errors.ts';
import { preflightHeaders } from '../cors.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Answer } from '../handler.ts';
import { openView } from '../masking/view.ts';

type Route = Pick<Endpoint, 'path' | 'method'>;

/** Answers a request that none of the routes takes; `index` is the endpoint of the path without a segment. */
export function unmatched(routes: readonly Route[], index: Endpoint): Answer {
  return async (app, request) => {
    const path = pathOf(request.url);
    const allowed = methodsOf(path, [...routes, index]);
    const allow = [...allowed, 'OPTIONS'].join(', ');
    if (allowed.length === 0) {
      throw new AppError('notFound', 'The API has no such path. GET /api lists where to start.');
    }
    if (request.method === 'OPTIONS') {
      return { status: 204, headers: { allow, ...preflightHeaders(allow) } };
    }
    if (path.length === 0 && allowed.includes(request.method)) {
      return index.answer(app, request, openView);
    }
    throw new AppError('methodNotAllowed', `The path has ${allow}, not ${request.method}.`, { allow });
  };
}

/** The segments below `/api`. A slash at the end does not count. */
function pathOf(url: string): string[] {
  return new URL(url).pathname.replace(/\/$/, '').split('/').slice(2);
}

/** The methods of all routes that match a path. */
function methodsOf(path: readonly string[], routes: readonly Route[]): readonly string[] {
  return [...new Set<string>(routes.filter((route) => isAt(route.path, path)).flatMap(methodsServed))];
}

/** As the host matches a route: without regard to case, a parameter takes any segment. */
function isAt(route: string, path: readonly string[]): boolean {
  const segments = route.split('/').filter((segment) => segment !== '');
  return (
    segments.length === path.length &&
    segments.every((segment, at) => segment.startsWith('{') || segment.toLowerCase() === path[at]?.toLowerCase())
  );
}

/** The methods that an endpoint answers: a GET also answers HEAD. */
export function methodsServed({ method }: Pick<Endpoint, 'method'>): readonly ('HEAD' | Endpoint['method'])[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}
