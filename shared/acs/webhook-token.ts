/** Verifies that a callback comes from ACS: an RS256 JWT of its issuer, for the app's ACS resource, that was signed lately. */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { isKeyOutage, openSigningKeys } from '../access/signing-keys.ts';
import { AppError } from '../errors.ts';

export interface CallbackTokenSettings {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** The immutable id of the ACS resource. */
  readonly audience: string;
  /** How long after it was signed a token may be used, so that one that leaked with its event is of no use later. */
  readonly replaySeconds: number;
  readonly clockSkewSeconds: number;
}

export type CallbackTokenVerifier = (authorization: string | null) => Promise<void>;

/** Verifies the `Authorization` header of callbacks; rejects with 401, or 502 when the signing keys of ACS are unavailable. */
export function openCallbackTokens(settings: CallbackTokenSettings): CallbackTokenVerifier {
  const { issuer, audience, clockSkewSeconds } = settings;
  const keys = openSigningKeys(settings.jwksUrl);
  return async (authorization) => {
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      throw new AppError('unauthorized', 'Expected the bearer token that ACS signs callbacks with.');
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
        clockTolerance: clockSkewSeconds,
      });
      checkAge(payload, settings);
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

/**
 * ACS documents when its tokens expire (ACS-D9), and no claim of when they were signed: of one without `iat` the expiry is all
 * that bounds its use.
 */
function checkAge(payload: JWTPayload, { replaySeconds, clockSkewSeconds }: CallbackTokenSettings): void {
  if (payload.iat === undefined) {
    return;
  }
  const ageSeconds = Date.now() / 1000 - payload.iat;
  if (ageSeconds > replaySeconds + clockSkewSeconds || ageSeconds < -clockSkewSeconds) {
    throw new errors.JWTClaimValidationFailed('signed too long ago, or in the future', payload, 'iat', 'check_failed');
  }
}
