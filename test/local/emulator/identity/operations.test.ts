/** The Identity API by its REST shapes. */

import { decodeJwt } from 'jose';
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
