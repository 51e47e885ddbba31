/** Tokens of the emulator's own issuer: RS256, as ACS signs its callbacks, and the key set to verify them with. */

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { JWK, JWTPayload } from 'jose';
import type { Clock } from '../clock.ts';

/** ACS documents five minutes for the token of a callback. */
export const CALLBACK_TOKEN_SECONDS = 300;

export interface TokenClaims {
  readonly audience: string;
  readonly expiresInSeconds: number;
  /** Further claims, such as a subject. */
  readonly claims?: JWTPayload;
}

export class TokenSigner {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #keyId: string;
  readonly #issuer: () => string;
  #strangerKey: KeyObject | undefined;

  /** `issuer` is called for each token, because the port is known only once the emulator listens. */
  constructor(signingKeyPem: string, issuer: () => string) {
    this.#privateKey = createPrivateKey(signingKeyPem);
    this.#publicKey = createPublicKey(this.#privateKey);
    this.#keyId = createHash('sha256')
      .update(this.#publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
    this.#issuer = issuer;
  }

  /** The issuer of the tokens: the emulator's own URL. */
  get issuer(): string {
    return this.#issuer();
  }

  /** Signs a token whose times are those of the clock. */
  sign(clock: Clock, token: TokenClaims): Promise<string> {
    return this.#signWith(this.#privateKey, clock, token);
  }

  /** Signs with a key that is not in the key set, under the id of one that is: a forgery for tests. */
  signBadly(clock: Clock, token: TokenClaims): Promise<string> {
    this.#strangerKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    return this.#signWith(this.#strangerKey, clock, token);
  }

  /** Rejects unless the token was signed here for one of the audiences and has not expired on the clock. */
  async verify(token: string, clock: Clock, audiences: readonly string[]): Promise<void> {
    const { jwtVerify } = await import('jose');
    const currentDate = new Date(clock.now());
    await jwtVerify(token, this.#publicKey, { issuer: this.#issuer(), audience: [...audiences], currentDate });
  }

  /** The public key set (JWKS). */
  keySet(): { keys: JWK[] } {
    const { kty, n, e } = this.#publicKey.export({ format: 'jwk' }) as JWK;
    return { keys: [{ kty, n, e, kid: this.#keyId, use: 'sig', alg: 'RS256' } as JWK] };
  }

  // jose is loaded with the first token, so that the emulator starts faster.
  async #signWith(
    key: KeyObject,
    clock: Clock,
    { audience, expiresInSeconds, claims = {} }: TokenClaims,
  ): Promise<string> {
    const { SignJWT } = await import('jose');
    const nowSeconds = Math.floor(clock.now() / 1000);
    return await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#keyId })
      .setIssuer(this.#issuer())
      .setAudience(audience)
      .setIssuedAt(nowSeconds)
      .setNotBefore(nowSeconds)
      .setExpirationTime(nowSeconds + expiresInSeconds)
      .sign(key);
  }
}
