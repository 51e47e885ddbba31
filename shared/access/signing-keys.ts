/**
 * The keys by which an issuer signs its tokens: fetched once, refreshed in the background, and at once for a key that is not
 * among them. While the issuer does not answer, the keys that were fetched last stay valid for a day.
 */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

const refreshMs = 600_000;
/** A refresh that failed is tried again after this time, so that an outage costs no request for each token. */
const retryMs = 30_000;
/** Longer than any outage that callers should notice, and the longest that a key the issuer withdrew is still accepted. */
const keptMs = 86_400_000;

/** The keys at a URL, for `jwtVerify`. Nothing is fetched before the first token. */
export function openSigningKeys(url: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), { cacheMaxAge: keptMs, cooldownDuration: retryMs });
  let refreshAt = Number.POSITIVE_INFINITY;
  const refreshed = () => {
    refreshAt = Date.now() + refreshMs;
  };
  return async (header, token) => {
    if (Date.now() >= refreshAt) {
      refreshAt = Date.now() + retryMs;
      // The token at hand is judged by the keys that are there, whether or not the refresh succeeds.
      keys.reload().then(refreshed, () => undefined);
    }
    const key = await keys(header, token);
    if (refreshAt === Number.POSITIVE_INFINITY) {
      refreshed();
    }
    return key;
  };
}

/** The errors of jose that concern the key set, not the token; its base class is for a status other than 200. */
const keyOutages: readonly string[] = [errors.JOSEError.code, errors.JWKSInvalid.code, errors.JWKSTimeout.code];

/** Anything but a verdict on the token itself. A key that the fetched set does not hold is a verdict. */
export function isKeyOutage(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || keyOutages.includes(error.code);
}
