/** Access to the ACS routes: by the access key, or by an Entra token that the emulator issued. */

import type { Environment } from '../environment.ts';
import { RESOURCE_ID } from '../options.ts';
import { AcsError } from './acs-error.ts';
import { hmacProblem } from './hmac.ts';
import { header, type WireRequest } from './message.ts';

/** Audiences of an Entra token for ACS; here also the resource id, so that `POST /emulator/token` needs no body. */
const AUDIENCES = ['https://communication.azure.com', 'https://communication.azure.com/', RESOURCE_ID];

/** Throws 401 unless the request is signed with the access key or carries a good token, or `noAuth` is set. */
export async function authenticate(request: WireRequest, environment: Environment): Promise<void> {
  const { noAuth, accessKey, publicUrl } = environment.settings;
  if (noAuth) {
    return;
  }
  const authorization = header(request, 'authorization');
  if (authorization === undefined) {
    throw new AcsError(
      401,
      'Denied',
      'The request has no Authorization header; sign it with the access key (HMAC-SHA256).',
    );
  }
  const [, token] = /^Bearer\s+(.+)$/i.exec(authorization) ?? [];
  if (token !== undefined) {
    return await checkToken(token, environment);
  }
  const hosts = publicUrl === undefined ? [] : [new URL(publicUrl).host];
  const problem = hmacProblem(request, { accessKey, hosts });
  // 7509 is the code that ACS documents for an HMAC error.
  if (problem !== undefined) {
    throw new AcsError(401, '7509', problem);
  }
}

async function checkToken(token: string, environment: Environment): Promise<void> {
  try {
    await environment.tokens.verify(token, environment.clock, AUDIENCES);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AcsError(401, 'Denied', `The bearer token is not one that the emulator issued for ACS: ${reason}.`);
  }
}
