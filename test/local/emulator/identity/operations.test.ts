/** The Identity API by its REST shapes. */

import { decodeJwt, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** Sends and answers status and parsed body. */
async function ask(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await stage.send(method, `${path}?api-version=2024-04-15`, body);
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

test('a user is created with a token, gets another, and is deleted', async () => {
  const created = await ask('POST', '/identities', { createTokenWithScopes: ['voip'], expiresInMinutes: 60 });
  const { identity, accessToken } = created.body as {
    identity: { id: string };
    accessToken: { token: string; expiresOn: string };
  };
  const path = `/identities/${encodeURIComponent(identity.id)}`;

  expect(created.status).toBe(201);
  const { exp, iat, ...claims } = decodeJwt(accessToken.token);
  expect(claims).toMatchObject({ scp: 'voip', skypeid: identity.id.slice(2) });
  expect((exp ?? 0) - (iat ?? 0)).toBe(3600);
  expect(await ask('POST', `${path}/:issueAccessToken`, { scopes: ['voip'] })).toMatchObject({
    status: 200,
    body: { token: expect.any(String) },
  });
  expect(await ask('POST', `${path}/:revokeAccessTokens`)).toMatchObject({ status: 204 });
  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
  expect(await ask('DELETE', path)).toMatchObject({ status: 404 });
});

const APP = '2c3e1e83-8fd7-4615-ad2b-b8c1229845ac';
const TEAMS_USER = '32c0a5db-05ec-78ea-51ab-3f06b329397e';

/** An access token of Entra, unsigned, that is valid for an hour of the emulator's clock. */
async function entraToken(claims: object = {}): Promise<string> {
  const { now } = (await stage.emulator.control.get('clock')) as { now: string };
  const exp = Math.floor(Date.parse(now) / 1000) + 3600;
  return new UnsecuredJWT({ appid: APP, oid: TEAMS_USER, exp, ...claims }).encode();
}

const exchange = (body: object) => ask('POST', '/teamsUser/:exchangeAccessToken', body);

test('the Entra token of a Teams user is exchanged for a token that expires with it', async () => {
  const token = await entraToken();
  const { status, body } = await exchange({ token, appId: APP.toUpperCase(), userId: TEAMS_USER });

  expect({ status, members: Object.keys(body) }).toEqual({ status: 200, members: ['token', 'expiresOn'] });
  const { exp } = decodeJwt(token);
  expect(decodeJwt(String(body.token))).toMatchObject({ exp, skypeid: `orgid:${TEAMS_USER}` });
  expect(Date.parse(String(body.expiresOn))).toBe((exp ?? 0) * 1000);
});

const invalidToken = [401, { code: 'InvalidAccessToken', message: 'Provided access token is not valid.' }] as const;
const invalid = (target: string, message: string) => [400, { code: 'ValidationError', message, target }] as const;

type Refused = readonly [string, { claims?: object; [member: string]: unknown }, readonly [number, object]];

const refused: readonly Refused[] = [
  ['an empty token', { token: '' }, invalidToken],
  ['no token', { token: null }, invalidToken],
  ['a token that is none', { token: 'invalid' }, invalidToken],
  ['a token that is no claims', { token: 'a.WzFd.c' }, invalidToken],
  ['a token of no user', { claims: { oid: undefined } }, invalidToken],
  ['a token that has expired', { claims: { exp: 1 } }, invalidToken],
  ['an empty application id', { appId: '' }, invalid('AppId', 'AppId: The AppId field is required.')],
  ['no user id', { userId: undefined }, invalid('UserId', 'UserId: The UserId field is required.')],
  ['an application id that is none', { appId: 'invalid' }, invalid('appId', 'Provided AppId has invalid format.')],
  ['a user id that is none', { userId: 'invalid' }, invalid('userId', 'Provided UserId has invalid format.')],
  ["another application's id", { appId: TEAMS_USER }, invalid('appId', expect.stringContaining('does not match'))],
  ["another user's id", { userId: APP }, invalid('userId', expect.stringContaining('does not match'))],
];

test.for(refused)(
  '%s is not exchanged: refused as ACS refuses it',
  async ([, { claims = {}, ...changes }, [status, error]]) => {
    const token = await entraToken(claims);
    expect(await exchange({ token, appId: APP, userId: TEAMS_USER, ...changes })).toEqual({ status, body: { error } });
  },
);

test('neither the token of Entra nor the new one is in the log', async () => {
  const token = await entraToken();
  const { body } = await exchange({ token, appId: APP, userId: TEAMS_USER });
  const log = JSON.stringify(await stage.emulator.control.get('log'));

  expect(log).toContain('exchangeTeamsUserAccessToken');
  expect(log).not.toContain(token);
  expect(log).not.toContain(body.token);
});
