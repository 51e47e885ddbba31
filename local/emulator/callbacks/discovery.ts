/** How receivers verify callback tokens: the OpenID configuration and the key set, as ACS publishes them. */

import type { Environment } from '../environment.ts';
import type { WireRequest } from '../http/message.ts';
import { RESOURCE_ID } from '../options.ts';

/** ACS's own path for the key set. */
export const KEY_SET_PATH = '/calling/keys';

/** ACS's own path for the configuration, and the standard one. */
const CONFIGURATION_PATHS = [
  '/calling/.well-known/acsopenidconfiguration',
  '/.well-known/openid-configuration',
] as const;

/** The settings with which an app verifies callback tokens. Libraries of .NET fetch a configuration by https only. */
export function callbackSettings({ tokens, endpoints }: Environment) {
  const { publicUrl, httpsUrl = publicUrl } = endpoints();
  return {
    issuer: tokens.issuer,
    jwksUrl: `${publicUrl}${KEY_SET_PATH}`,
    configurationUrl: `${httpsUrl}${CONFIGURATION_PATHS[0]}`,
    audience: RESOURCE_ID,
  };
}

/** The document at a path, with URLs of the requested host; undefined for any other path. */
export function discoveryDocument({ tokens }: Environment, { method, path, origin }: WireRequest): object | undefined {
  if (method !== 'GET') {
    return undefined;
  }
  if (path === KEY_SET_PATH) {
    return tokens.keySet();
  }
  if (!CONFIGURATION_PATHS.some((each) => each === path)) {
    return undefined;
  }
  return {
    issuer: tokens.issuer,
    jwks_uri: `${origin}${KEY_SET_PATH}`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
  };
}
