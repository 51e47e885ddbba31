/** The credential of a request, and the 401 of one that has none or a wrong one. */
import { AppError } from '../errors.ts';

/** The header of an API key. */
export const keyHeader = 'x-api-key';

/** The text of a bearer token, or of a key in a header of its own; undefined without either. */
export function credentialOf(headers: Headers, ownHeader?: string): string | undefined {
  const key = ownHeader === undefined ? null : headers.get(ownHeader);
  return key ?? /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

const scheme = 'Bearer realm="ACS Switchboard"';

/** The 401 of a request without a credential: RFC 6750 wants no error code there. */
export function missingCredential(expected: string): AppError {
  return new AppError('unauthorized', expected, { challenge: scheme });
}

/** The 401 of a credential that is not valid, whatever is wrong with it. */
export function invalidCredential(expected: string, cause?: unknown): AppError {
  return new AppError('unauthorized', expected, { challenge: `${scheme}, error="invalid_token"` }, { cause });
}
