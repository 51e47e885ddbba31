/** An endpoint of the control API: a literal with its route, its strict body, and its work. */

import type { z } from 'zod';
import type { Resource } from '../resource.ts';

interface ControlContext<Body> {
  readonly resource: Resource;
  readonly body: Body;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface Endpoint<Body extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below `/emulator`; see `pathMatcher`. */
  readonly path: string;
  readonly body?: Body;
  /** Set when the answer must not be in the log, such as a token; reads never are. */
  readonly isUnlogged?: true;
  /** The JSON to answer with 200; undefined answers 204. */
  run(context: ControlContext<z.output<Body>>): unknown;
}

/** Checks a literal against `Endpoint` and keeps its body's type for `run`. */
export function defineEndpoint<Body extends z.ZodType>(endpoint: Endpoint<Body>): Endpoint<Body> {
  return endpoint;
}
