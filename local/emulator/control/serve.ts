/**
 * Serves the control API and the phone page under `/emulator`, to this machine only; unknown fields are refused by
 * name.
 */

import { AcsError, notImplemented } from '../http/acs-error.ts';
import { describeIssues } from '../http/issues.ts';
import { type Answer, parseJson, type WireRequest } from '../http/message.ts';
import { pathMatcher } from '../http/route-path.ts';
import type { Resource } from '../resource.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './index.ts';
import { checkLocalAccess } from './local-access.ts';
import { phonePage } from './phone-page.ts';

const routes = endpoints.map((endpoint) => ({ endpoint, match: pathMatcher(`/emulator${endpoint.path}`) }));

/** Throws 403 for other machines, 501 for an unknown endpoint, 400 for an invalid body. */
export async function serveControl(resource: Resource, request: WireRequest): Promise<Answer> {
  checkLocalAccess(request);
  const page = await phonePage(request);
  if (page !== undefined) {
    return page;
  }
  const { endpoint, path } = find(request);
  const body = validBody(endpoint, request);
  const { method, target, query } = request;
  // Kept from before: the answer to a reset does not belong in the new log.
  const log = endpoint.method === 'GET' || endpoint.isUnlogged ? undefined : resource.log;
  log?.add({ kind: 'request', method, path: target, body });
  const result = await endpoint.run({ resource, body, path, query });
  const answer = result === undefined ? { status: 204 } : { status: 200, body: result };
  log?.add({ kind: 'response', method, path: target, ...answer });
  return answer;
}

function find({ method, path }: WireRequest): { endpoint: Endpoint; path: Record<string, string> } {
  for (const { endpoint, match } of routes) {
    const parameters = endpoint.method === method ? match(path) : undefined;
    if (parameters !== undefined) {
      return { endpoint, path: parameters };
    }
  }
  throw notImplemented(`${method} ${path} in the control API`);
}

function validBody({ body: schema }: Endpoint, request: WireRequest): unknown {
  if (schema === undefined) {
    return undefined;
  }
  let written: unknown;
  try {
    written = parseJson(request.body);
  } catch {
    throw new AcsError(400, 'BadRequest', 'The request body is not JSON, or is nested too deep.');
  }
  const parsed = schema.safeParse(written ?? {});
  if (!parsed.success) {
    throw new AcsError(400, 'BadRequest', describeIssues(parsed.error));
  }
  return parsed.data;
}
