/** The Identity API: users of the resource and their access tokens, and tokens of Teams users. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { anyCase } from '../http/body-fields.ts';
import { defineOperation } from '../operations/operation.ts';
import { RESOURCE_ID } from '../options.ts';
import type { Resource } from '../resource.ts';
import { teamsUserOf } from './teams-user.ts';

const scopes = z.array(anyCase(['chat', 'voip', 'chat.join', 'chat.join.limited', 'voip.join']));
/** ACS accepts one hour to one day; the default is a day. */
const expiresInMinutes = z.int().min(60).max(1440).default(1440);
const accessToken = z.strictObject({ token: z.string(), expiresOn: z.iso.datetime() });

async function issue(resource: Resource, userId: string, scp: readonly string[], expiresOnMs: number) {
  const { clock, tokens } = resource;
  const expiresInSeconds = Math.floor(expiresOnMs / 1000) - Math.floor(clock.now() / 1000);
  const claims = { skypeid: userId.replace(/^8:/, ''), scp: scp.join(','), resourceId: RESOURCE_ID };
  const token = await tokens.sign(clock, { audience: RESOURCE_ID, expiresInSeconds, claims });
  return { token, expiresOn: new Date(expiresOnMs).toISOString() };
}

function inMinutes({ clock }: Resource, minutes: number): number {
  return clock.now() + minutes * 60_000;
}

function userOf(resource: Resource, id = ''): string {
  if (!resource.identities.has(id)) {
    throw new AcsError(404, 'NotFound', 'The identity does not exist.');
  }
  return id;
}

export const createIdentity = defineOperation({
  name: 'createIdentity',
  method: 'POST',
  path: '/identities',
  status: 201,
  request: z.object({ createTokenWithScopes: scopes.default([]), expiresInMinutes }).default({
    createTokenWithScopes: [],
    expiresInMinutes: 1440,
  }),
  response: z.strictObject({ identity: z.strictObject({ id: z.string() }), accessToken: accessToken.optional() }),
  async run({ resource, body }) {
    const id = `8:acs:${RESOURCE_ID}_${resource.random.guid()}`;
    resource.identities.set(id, resource.clock.now());
    const { createTokenWithScopes: asked, expiresInMinutes: minutes } = body;
    const token =
      asked.length > 0 ? { accessToken: await issue(resource, id, asked, inMinutes(resource, minutes)) } : {};
    return { body: { identity: { id }, ...token } };
  },
});

export const deleteIdentity = defineOperation({
  name: 'deleteIdentity',
  method: 'DELETE',
  path: '/identities/{+id}',
  status: 204,
  run({ resource, path }) {
    resource.identities.delete(userOf(resource, path.id));
    return {};
  },
});

export const issueAccessToken = defineOperation({
  name: 'issueAccessToken',
  method: 'POST',
  path: '/identities/{+id}/:issueAccessToken',
  status: 200,
  request: z.object({ scopes: scopes.min(1), expiresInMinutes }),
  response: accessToken,
  async run({ resource, path, body }) {
    const id = userOf(resource, path.id);
    return { body: await issue(resource, id, body.scopes, inMinutes(resource, body.expiresInMinutes)) };
  },
});

export const revokeAccessTokens = defineOperation({
  name: 'revokeAccessTokens',
  method: 'POST',
  path: '/identities/{+id}/:revokeAccessTokens',
  status: 204,
  // The emulator verifies no user tokens, so there is nothing to revoke.
  run({ resource, path }) {
    userOf(resource, path.id);
    return {};
  },
});

export const exchangeTeamsUserAccessToken = defineOperation({
  name: 'exchangeTeamsUserAccessToken',
  method: 'POST',
  path: '/teamsUser/:exchangeAccessToken',
  status: 200,
  // A member that is missing is refused as an empty one is.
  request: z.object({ token: z.string().default(''), appId: z.string().default(''), userId: z.string().default('') }),
  response: accessToken,
  async run({ resource, body }) {
    const { rawId, expiresOnMs } = await teamsUserOf(body, resource.clock.now());
    // The scopes are not documented; chosen here: those of the Entra permissions Teams.ManageChats and Teams.ManageCalls.
    return { body: await issue(resource, rawId, ['chat', 'voip'], expiresOnMs) };
  },
});
