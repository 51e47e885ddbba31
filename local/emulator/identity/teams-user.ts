/** The Teams user whose Entra access token is exchanged for one of ACS. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';

interface Exchange {
  /** Of Entra, for the user. */
  readonly token: string;
  /** The client id of the Entra application that got the token. */
  readonly appId: string;
  /** The object id of the user. */
  readonly userId: string;
}

const ID = z.guid();
const entraClaims = z.object({ exp: z.number(), appid: z.string(), oid: z.string() });

/** Claims of the token that the service compares with the request (ACS-D26), and how it names them in refusals. */
const COMPARED = [
  { member: 'appId', claim: 'appid', name: 'AppId' },
  { member: 'userId', claim: 'oid', name: 'UserId' },
] as const;

/**
 * The user of the token, and until when the new one is valid: as long as the old one (ACS-D26). Refusals are as the
 * service was recorded to send them (ACS-R21), but which of several is sent is not known, and chosen here. The emulator
 * has no keys of Entra, so it takes any token with the claims that are compared, signed or not.
 */
export async function teamsUserOf(exchange: Exchange, nowMs: number): Promise<{ rawId: string; expiresOnMs: number }> {
  for (const { member, name } of COMPARED) {
    if (exchange[member] === '') {
      throw validationError(`${name}: The ${name} field is required.`, name);
    }
  }
  const claims = await claimsOf(exchange.token);
  if (claims === undefined || claims.exp * 1000 <= nowMs) {
    throw new AcsError(401, 'InvalidAccessToken', 'Provided access token is not valid.');
  }
  for (const { member, claim, name } of COMPARED) {
    if (!ID.safeParse(exchange[member]).success) {
      throw validationError(`Provided ${name} has invalid format.`, member);
    }
    if (exchange[member].toLowerCase() !== claims[claim].toLowerCase()) {
      // The text is not known; chosen here.
      throw validationError(`Provided ${name} does not match the access token.`, member);
    }
  }
  return { rawId: `8:orgid:${claims.oid}`, expiresOnMs: claims.exp * 1000 };
}

function validationError(message: string, target: string): AcsError {
  return new AcsError(400, 'ValidationError', message, target);
}

async function claimsOf(token: string): Promise<z.output<typeof entraClaims> | undefined> {
  const { decodeJwt, errors } = await import('jose');
  try {
    return entraClaims.safeParse(decodeJwt(token)).data;
  } catch (error) {
    if (error instanceof errors.JWTInvalid) {
      return undefined;
    }
    throw error;
  }
}
