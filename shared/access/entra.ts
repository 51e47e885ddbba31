/** Callers known by an access token of Microsoft Entra: a user, through an app that acts for them, or an app by itself. */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import { rolesAmong } from '../http/roles.ts';
import type { Caller } from './caller.ts';
import { invalidCredential } from './credential.ts';
import { isKeyOutage, openSigningKeys } from './signing-keys.ts';

export interface EntraSettings {
  readonly tenantId: string;
  /** The application id of the API's app registration, which tokens of version 2.0 have as their audience. */
  readonly audience: string;
  /** Where the tokens are issued, without a slash at the end. */
  readonly authority: string;
}

/** Clocks differ a little; an access token lives for about an hour. */
const clockToleranceSeconds = 30;

/** Identifies callers by their token; rejects with 401, or 503 when the signing keys of Entra are unavailable. */
export function openEntra({ tenantId, audience, authority }: EntraSettings): (token: string) => Promise<Caller> {
  const keys = openSigningKeys(`${authority}/${tenantId}/discovery/v2.0/keys`);
  const expected = {
    issuer: `${authority}/${tenantId}/v2.0`,
    audience,
    algorithms: ['RS256'],
    requiredClaims: ['exp'],
    clockTolerance: clockToleranceSeconds,
  };
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, expected).catch((error: unknown) => {
      throw isKeyOutage(error) ? keysUnavailable(error) : refused(error);
    });
    const kind = payload.tid === tenantId ? kindOf(payload) : undefined;
    if (kind === undefined) {
      throw invalidCredential(
        'Expected an access token of the tenant for this API, not an ID token or one of another tenant.',
      );
    }
    return { kind, id: String(payload.oid), roles: rolesAmong(payload.roles) };
  };
}

/**
 * A token that a user's app obtained has scopes; the subject of a token that an app obtained for itself is the app's own object
 * in the tenant. An ID token has neither, and names the same audience where an app signs users in to itself.
 */
function kindOf({ oid, sub, scp, azp }: JWTPayload): 'user' | 'app' | undefined {
  if (!isText(oid) || !isText(azp)) {
    return undefined;
  }
  return isText(scp) ? 'user' : sub === oid ? 'app' : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function refused(cause: unknown): AppError {
  return cause instanceof errors.JWTExpired
    ? invalidCredential('The token has expired. Request a new one.', cause)
    : invalidCredential('Expected a token that Microsoft Entra issued for this API and this tenant.', cause);
}

function keysUnavailable(cause: unknown): AppError {
  return new AppError(
    'identityUnavailable',
    'The signing keys of Microsoft Entra could not be fetched.',
    {},
    { cause },
  );
}
