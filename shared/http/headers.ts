/** The headers that every response has, whatever it answers: the id of the request, the version of the API, and CORS. */
import type { HttpRequest } from '@azure/functions';
import { corsHeaders } from './cors.ts';

/** The date of the contract; it changes when a client has to change. */
export const apiVersion = '2026-11-30';

/** A request id that is safe to log: too long for a phone number, and of characters that no log has to escape. */
const requestIdPattern = /^[A-Za-z0-9._-]{16,128}$/;

/** The id of a request: the client's own `x-request-id`, or else that of the invocation. */
export function requestIdOf({ headers }: HttpRequest, invocationId: string): string {
  const given = headers.get('x-request-id') ?? '';
  return requestIdPattern.test(given) ? given : invocationId;
}

/** The headers by which a caller is known: caches must not give an answer to a caller with others. */
export const variesByCaller = { vary: 'Authorization, x-api-key' } as const;

/** Headers of an answer with the common ones; what an answer varies by is joined. */
export function withCommonHeaders(
  own: Readonly<Record<string, string>>,
  common: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const vary = [own.vary, common.vary].filter((one) => one !== undefined).join(', ');
  return { ...own, ...common, ...(vary !== '' && { vary }) };
}

export function commonHeaders(
  request: HttpRequest,
  requestId: string,
  corsOrigins: readonly string[],
): Readonly<Record<string, string>> {
  return { 'x-request-id': requestId, 'api-version': apiVersion, ...corsHeaders(request.headers, corsOrigins) };
}
