/** The emulator itself: its log, its settings, tokens for tests, and the reset. */

import * as z from 'zod';
import { callbackSettings } from '../callbacks/discovery.ts';
import { CALLBACK_TOKEN_SECONDS } from '../callbacks/token-signer.ts';
import { clientSettings } from '../client-settings.ts';
import { connectionString } from '../connection-string.ts';
import { AcsError } from '../http/acs-error.ts';
import { RESOURCE_ID } from '../options.ts';
import { resetResource } from '../resource.ts';
import { defineEndpoint } from './endpoint.ts';

const getLog = defineEndpoint({
  method: 'GET',
  path: '/log',
  run({ resource, query }) {
    const since = Number(query.get('since') ?? '0');
    if (!Number.isInteger(since) || since < 0) {
      throw new AcsError(400, 'BadRequest', 'since: must be an entry number, 0 or more.');
    }
    return { entries: resource.log.since(since) };
  },
});

const getSettings = defineEndpoint({
  method: 'GET',
  path: '/settings',
  run({ resource }) {
    const endpoints = resource.endpoints();
    const { url, publicUrl, httpsUrl, caFile, bundleFile } = endpoints;
    const { accessKey, seed } = resource.settings;
    return {
      url,
      httpsUrl,
      connectionString: connectionString(publicUrl, accessKey),
      httpsConnectionString: httpsUrl && connectionString(httpsUrl, accessKey),
      caFile,
      bundleFile,
      clients: clientSettings(endpoints, resource.settings),
      ...callbackSettings(resource),
      seed,
      clock: resource.clock.mode,
    };
  },
});

const postToken = defineEndpoint({
  method: 'POST',
  path: '/token',
  isUnlogged: true,
  body: z.strictObject({
    audience: z.string().min(1).default(RESOURCE_ID),
    // Negative makes a token that has expired already.
    expiresInSeconds: z.int().min(-86_400).max(86_400).default(CALLBACK_TOKEN_SECONDS),
  }),
  run: async ({ resource, body }) => ({ token: await resource.tokens.sign(resource.clock, body) }),
});

const postReset = defineEndpoint({ method: 'POST', path: '/reset', run: ({ resource }) => resetResource(resource) });

export const system = [getLog, getSettings, postToken, postReset];
