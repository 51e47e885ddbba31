/** The problems of an endpoint as responses of OpenAPI: one for each status, with the codes that it can have. */
import type { ErrorCode } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';
import { type Json, jsonSchema } from './json-schema.ts';
import { problemSchema, problems } from './problem.ts';

/** The responses of an endpoint by status, and the components that they refer to. */
export function problemResponses(endpoint: Endpoint): { readonly responses: Json; readonly components: Json } {
  const named = [...codesByStatus(endpoint)].map(([status, codes]) => ({
    status,
    name: [status, ...codes].join('.'),
    item: problemItem(status, codes),
  }));
  const others = [
    ...(endpoint.roles.length > 0 ? [{ status: '401', name: '401', item: unauthorized }] : []),
    { status: 'default', name: 'default', item: problemItem('default', ['internalError']) },
  ];
  const all = [...named, ...others];
  return {
    responses: Object.fromEntries(all.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }])),
    components: Object.fromEntries(all.map(({ name, item }) => [name, item])),
  };
}

/** The host checks the key, before the app has the request. */
const unauthorized = { description: 'The function key is missing or wrong' };

const bodyErrors: readonly ErrorCode[] = ['invalidJson', 'bodyTooLarge', 'unsupportedMediaType'];

/** A refusal of ACS has the status that ACS gave: any 4xx besides 401 and 403, or 502. */
const refusalStatuses = ['4XX', '502'];

function codesByStatus({ method, roles, errors = [] }: Endpoint): ReadonlyMap<string, readonly string[]> {
  const common: readonly ErrorCode[] = [
    ...(method === 'GET' ? [] : bodyErrors),
    'invalidInput',
    ...(roles.length > 0 ? (['storageUnavailable'] as const) : []),
  ];
  const byStatus = new Map<string, Set<string>>();
  const add = (status: string, code: string) => byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  for (const code of [...errors, ...common].filter((one) => one !== 'acsRefused')) {
    add(String(problems[code][0]), code);
  }
  if (errors.includes('acsRefused')) {
    const own = [...byStatus.keys()].filter((status) => status.startsWith('4'));
    for (const status of new Set([...own, ...refusalStatuses])) {
      add(status, 'acsRefused');
    }
  }
  return new Map([...byStatus].map(([status, codes]) => [status, [...codes]]));
}

function problemItem(status: string, codes: readonly string[]): Json {
  const problem = jsonSchema(problemSchema, 'output');
  const isRetryable = status === '503' || status === '4XX';
  return {
    description: descriptionOf(codes),
    ...(isRetryable && {
      headers: { 'Retry-After': { description: 'Seconds to wait before a retry', schema: { type: 'string' } } },
    }),
    content: {
      'application/problem+json': { schema: { allOf: [problem, { properties: { code: { enum: codes } } }] } },
    },
  };
}

function descriptionOf(codes: readonly string[]): string {
  const titles: Readonly<Record<string, readonly [number, string]>> = problems;
  return codes.map((code) => `\`${code}\`: ${titles[code]?.[1] ?? 'Internal error'}`).join('; ');
}
