/** Every endpoint, the index and the preflight against one credential: who is let in, and the problem of those who are not. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { type Role, roles } from '../../shared/http/roles.ts';

/** The credentials of a request, and the roles that they prove; undefined when they prove nothing. */
export interface Credential {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly proves: readonly Role[] | undefined;
}

export const everyRole = Object.keys(roles) as Role[];

/** What the definition of an endpoint says about a credential. */
function defined({ roles: needed }: Endpoint, { proves }: Credential): 'admitted' | 401 | 403 {
  if (needed.length === 0) {
    return 'admitted';
  }
  if (proves === undefined) {
    return 401;
  }
  const isAdmin = proves.includes('Admin') && needed.some((role) => role !== 'People.See');
  return isAdmin || needed.some((role) => proves.includes(role)) ? 'admitted' : 403;
}

const codes = { 401: 'unauthorized', 403: 'forbidden' } as const;

/** Sends every endpoint a request with the credential, and expects each to answer as its definition says. */
export async function expectAsDefined(url: string, credential: Credential): Promise<void> {
  const cells = endpoints.map((endpoint) => ({ name: endpoint.name, verdict: defined(endpoint, credential) }));
  const actual: typeof cells = [];
  for (const endpoint of endpoints) {
    actual.push({ name: endpoint.name, verdict: await verdictOf(url, endpoint, credential) });
  }
  expect(actual).toEqual(cells);
}

async function verdictOf(url: string, { method, path }: Endpoint, { headers }: Credential) {
  const filled = path.replace(/\{\w+\}/g, randomUUID());
  const response = await fetch(`${url}/api/${filled}`, {
    method,
    headers: { ...headers, ...(method !== 'GET' && { 'content-type': 'application/json' }) },
    ...(method !== 'GET' && { body: '{}' }),
    redirect: 'manual',
  });
  if (response.status !== 401 && response.status !== 403) {
    await response.body?.cancel();
    return 'admitted';
  }
  const isProblem = response.headers.get('content-type') === 'application/problem+json';
  const { code } = (await response.json()) as { code: string };
  const asks = response.headers.get('www-authenticate')?.startsWith('Bearer ') === true;
  expect({ path, isProblem, code, asks }).toEqual({
    path,
    isProblem: true,
    code: codes[response.status],
    asks: response.status === 401,
  });
  return response.status;
}
