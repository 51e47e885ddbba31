/** Verifies that a callback comes from ACS: an RS256 JWT of its issuer, for the app's ACS resource. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';

export interface CallbackTokenSettings {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** The immutable id of the ACS resource. */
  readonly audience: string;
}

export type CallbackTokenVerifier = (authorization: string | null) => Promise<void>;

/** Clocks differ a little; tokens live for five minutes (ACS-D9). */
const clockToleranceSeconds = 30;

/** Verifies the `Authorization` header of callbacks; rejects with 401, or 502 when the signing keys of ACS are unavailable. */
export function openCallbackTokens({ issuer, jwksUrl, audience }: CallbackTokenSettings): CallbackTokenVerifier {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (authorization) => {
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      throw new AppError('unauthorized', 'Expected the bearer token that ACS signs callbacks with.');
    }
    try {
      await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
        clockTolerance: clockToleranceSeconds,
      });
    } catch (error) {
      if (isKeyOutage(error)) {
        throw new AppError('acsUnreachable', 'The signing keys of ACS could not be fetched.', {}, { cause: error });
      }
      throw new AppError(
        'unauthorized',
        'The token of the callback is not one that ACS signed for this resource.',
        {},
        { cause: error },
      );
    }
  };
}

/** The errors of jose that concern the key set, not the token; its base class is for a status other than 200. */
const keyOutages: readonly string[] = [errors.JOSEError.code, errors.JWKSInvalid.code, errors.JWKSTimeout.code];

/** Anything but a verdict on the token itself. A key that the fetched set does not hold is a verdict. */
function isKeyOutage(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || keyOutages.includes(error.code);
}
