/** Who may call which endpoint with a token of Microsoft Entra, whose signing keys this test publishes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Role } from '../../shared/http/roles.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { everyRole, expectAsDefined } from './access-matrix.ts';

const test = ownHostOnly('starts the app with a way of its own to know callers');

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const otherTenant = '00000000-0000-4000-8000-000000000009';
const audience = '11111111-aaaa-4bbb-8ccc-000000000001';
const oid = '22222222-aaaa-4bbb-8ccc-000000000002';

const entra = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(entra.publicKey)), kid: 'one', use: 'sig' }] });
const server = createServer(({ url }, response) =>
  url === `/${tenant}/discovery/v2.0/keys` ? response.end(keySet) : response.writeHead(404).end(),
);
let authority: string;
let board: Switchboard;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  board = await startSwitchboard({
    AUTH_MODE: 'entra',
    ENTRA_TENANT_ID: tenant,
    ENTRA_AUDIENCE: audience,
    ENTRA_AUTHORITY: authority,
    STREAM_SECONDS: '1',
  });
});
afterAll(async () => {
  await board.close();
  server.close();
});

const seconds = () => Math.floor(Date.now() / 1000);

/** The claims of a token that an app requests for itself, which has every role. */
const ofApp = (claims: JWTPayload = {}): JWTPayload => ({
  iss: `${authority}/${tenant}/v2.0`,
  aud: audience,
  tid: tenant,
  oid,
  sub: oid,
  azp: '33333333-aaaa-4bbb-8ccc-000000000003',
  roles: everyRole,
  nbf: seconds() - 10,
  exp: seconds() + 3600,
  ...claims,
});
const withoutExpiry = (): JWTPayload => {
  const { exp: _, ...claims } = ofApp();
  return claims;
};
const ofUser = (claims: JWTPayload = {}) => ofApp({ sub: 'pairwise', scp: 'Calls.Access', ...claims });

const signed = (claims: JWTPayload, key = entra.privateKey, kid = 'one') =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const admitted = async (name: string, claims: JWTPayload, proves: readonly Role[]) =>
  expectAsDefined(board.url, { name, headers: bearer(await signed(claims)), proves });

test.each(everyRole)('an app with the role %s opens what needs that role, and nothing else', async (role) => {
  await admitted(role, ofApp({ roles: [role] }), [role]);
});

test.each(everyRole)('a user with the role %s opens what needs that role, and nothing else', async (role) => {
  await admitted(role, ofUser({ roles: [role] }), [role]);
});

test.each<[string, () => JWTPayload]>([
  ['no role', () => ofApp({ roles: undefined })],
  ['roles of another API', () => ofApp({ roles: ['Calls.ReadAll', 'admin'] })],
  ['roles that are no list', () => ofApp({ roles: 'Admin' })],
])('a token with %s is known and may nothing', async (name, claims) => {
  await admitted(name, claims(), []);
});

test('clocks may differ by half a minute', async () => {
  await admitted('expired just now', ofApp({ exp: seconds() - 10 }), everyRole);
});

const hmac = (claims: JWTPayload) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(new TextEncoder().encode(keySet));
const pss = async (claims: JWTPayload) => {
  const key = await crypto.subtle.importKey(
    'jwk',
    { ...(await exportJWK(entra.privateKey)), alg: 'PS256' },
    { name: 'RSA-PSS', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new SignJWT(claims).setProtectedHeader({ alg: 'PS256', kid: 'one' }).sign(key);
};

test.each<[string, () => Promise<string> | string]>([
  ['an expired token', () => signed(ofApp({ exp: seconds() - 60 }))],
  ['a token that is not valid yet', () => signed(ofApp({ nbf: seconds() + 60 }))],
  ['a token that never expires', () => signed(withoutExpiry())],
  ['a token for another audience', () => signed(ofApp({ aud: 'https://graph.microsoft.com' }))],
  ['a token of another issuer', () => signed(ofApp({ iss: 'https://login.example.com/v2.0' }))],
  ['a token of version 1.0', () => signed(ofApp({ iss: `https://sts.windows.net/${tenant}/` }))],
  ['a token of another tenant', () => signed(ofApp({ tid: otherTenant, iss: `${authority}/${otherTenant}/v2.0` }))],
  ['a token whose tenant is another than its issuer', () => signed(ofApp({ tid: otherTenant }))],
  ['an ID token', () => signed(ofApp({ sub: 'pairwise', azp: undefined }))],
  ['a token of a user without a scope', () => signed(ofApp({ sub: 'pairwise' }))],
  ['a token without an object id', () => signed(ofUser({ oid: undefined }))],
  ['an unsigned token', () => new UnsecuredJWT(ofApp()).encode()],
  ['a token that the published keys sign as a secret', () => hmac(ofApp())],
  ['a token signed by the key in another way', () => pss(ofApp())],
  ["a token that another's key signed", () => signed(ofApp(), stranger.privateKey)],
  ['a token of a key that is not published', () => signed(ofApp(), stranger.privateKey, 'two')],
  ['a token whose claims were changed', async () => (await signed(ofApp())).replace(/\.[^.]+\./, `.${changed()}.`)],
  ['garbage', () => 'x'],
  ['an API key', () => `swb_${'0'.repeat(16)}_${'1'.repeat(64)}`],
])('%s opens nothing but health, the description and the index', async (name, token) => {
  await expectAsDefined(board.url, { name, headers: bearer(await token()), proves: undefined });
});

const changed = () => Buffer.from(JSON.stringify(ofApp({ oid: tenant }))).toString('base64url');

test('no credential opens nothing but health, the description and the index', async () => {
  await expectAsDefined(board.url, { name: 'none', headers: {}, proves: undefined });
});

test('a valid token in another place than its header opens nothing', async () => {
  const token = await signed(ofApp());
  const answers = [
    await board.api('GET', `calls?access_token=${token}`),
    await board.api('GET', 'calls', undefined, { 'x-api-key': token }),
    await board.api('GET', 'calls', undefined, { cookie: `token=${token}` }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
});

test.each<[string, () => JWTPayload, string]>([
  ['user', ofUser, `user:${oid}`],
  ['app', ofApp, `app:${oid}`],
])('an operation names the %s that requested it', async (_, claims, id) => {
  const call = { targets: ['+14255550177'], callerId: '+14255550100' };
  const { body } = await board.api('POST', 'calls', call, bearer(await signed(claims())));
  expect(body.requestedBy).toEqual({ kind: 'api', id });
});

test('API keys cannot be made, because they would open nothing', async () => {
  const key = { name: 'crm', roles: ['Calls.Read'] };
  const { status, body } = await board.api('POST', 'api-keys', key, bearer(await signed(ofApp())));
  expect([status, body.code]).toEqual([409, 'apiKeysOff']);
});
