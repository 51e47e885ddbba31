/**
 * What a request to ACS carries besides what the SDK writes into it. It travels beside the SDK's methods, because many of
 * them drop the options they are given (ACS-S1) or members that the
 * service takes (ACS-S2).
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

type Members = Readonly<Record<string, unknown>>;

interface RequestScope {
  readonly headers: Readonly<Record<string, string>>;
  readonly abortSignal: AbortSignal;
  readonly members: Members;
  readonly retries: Retries;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** What is known of retries of a request that ACS does not recognize by its id; nothing, where ACS recognizes them. */
export interface Retries {
  readonly onRetry?: 'performedAgain' | 'judgedAnew';
  /** An earlier process may have made the first attempt. */
  readonly isTakeover?: boolean;
}

/** The identity of a request, and the time that it may take, the SDK's retries included. */
export interface RequestIdentity extends Retries {
  readonly operationId: string;
  /** Time of the first attempt: ACS recognises a retry by it, also after a crash of the app. */
  readonly firstSentAt: string;
  readonly timeoutSeconds: number;
}

/** Runs requests under the operation's own id. The SDK would give each a random one. */
export function asOperation<T>(
  { operationId, firstSentAt, timeoutSeconds, ...retries }: RequestIdentity,
  request: () => Promise<T>,
): Promise<T> {
  const headers = {
    'Repeatability-Request-ID': operationId,
    'Repeatability-First-Sent': new Date(firstSentAt).toUTCString(),
  };
  return scopes.run(
    { headers, abortSignal: AbortSignal.timeout(timeoutSeconds * 1000), members: {}, retries },
    request,
  );
}

/** Runs a request whose body has these members besides those that the SDK writes. */
export function withBodyMembers<T>(members: Members, request: () => Promise<T>): Promise<T> {
  const scope = scopes.getStore();
  if (!scope) {
    throw new TypeError('withBodyMembers is for requests of an operation: call it within asOperation');
  }
  return scopes.run({ ...scope, members }, request);
}

/** What is known of retries of the request that is being made. */
export function retriesNow(): Retries {
  return scopes.getStore()?.retries ?? {};
}

/** Puts into each request what its scope holds, before it is signed. Requests outside a scope pass as they are. */
export const requestScopePolicy: PipelinePolicy = {
  name: 'switchboardRequestScope',
  sendRequest(request, next) {
    const scope = scopes.getStore();
    if (scope) {
      for (const [name, value] of Object.entries(scope.headers)) {
        request.headers.set(name, value);
      }
      request.abortSignal = scope.abortSignal;
      if (Object.keys(scope.members).length > 0) {
        request.body = JSON.stringify(merged(JSON.parse(String(request.body)), scope.members));
      }
    }
    return next(request);
  },
};

/** Objects are merged member by member, anything else is replaced. */
function merged(body: Members, members: Members): Members {
  const entries = Object.entries(members).map(([name, value]) => {
    const there = body[name];
    return [name, isObject(there) && isObject(value) ? merged(there, value) : value];
  });
  return { ...body, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
