/** Who may call which endpoint with an API key. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hashOf, newKey } from '../../shared/access/api-key.ts';
import type { Role } from '../../shared/http/roles.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { type Credential, everyRole, expectAsDefined } from './access-matrix.ts';

const test = ownHostOnly('starts the app with a way of its own to know callers');

const first = newKey().key;
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({
    AUTH_MODE: 'keys',
    FIRST_API_KEY_SHA256: hashOf(first),
    API_KEY_CACHE_SECONDS: '0',
    STREAM_SECONDS: '1',
    CORS_ORIGINS: 'https://app.contoso.com',
  });
});
afterAll(() => board.close());

const asAdmin = { 'x-api-key': first };

async function made(
  members: Readonly<Record<string, unknown>>,
): Promise<{ readonly key: string; readonly apiKeyId: string }> {
  const { status, body } = await board.api('POST', 'api-keys', { name: 'test', ...members }, asAdmin);
  expect(status).toBe(201);
  return body;
}

const keyWith = async (...roles: Role[]): Promise<Credential> => ({
  name: roles.join(),
  headers: { 'x-api-key': (await made({ roles })).key },
  proves: roles,
});

test.each(everyRole)('a key with the role %s opens what needs that role, and nothing else', async (role) => {
  await expectAsDefined(board.url, await keyWith(role));
});

test('the first key, whose hash the deployment has set, is an administrator', async () => {
  await expectAsDefined(board.url, { name: 'first', headers: asAdmin, proves: ['Admin'] });
});

test('a key is taken as a bearer token as well', async () => {
  const { key } = await made({ roles: ['Calls.Read'] });
  const credential = { name: 'bearer', headers: { authorization: `Bearer ${key}` }, proves: ['Calls.Read'] as const };
  await expectAsDefined(board.url, credential);
});

const nothing = { proves: undefined };

test.each<[string, () => Promise<Record<string, string>> | Record<string, string>]>([
  ['no credential', () => ({})],
  ['an unknown key', () => ({ 'x-api-key': newKey().key })],
  ['an empty key', () => ({ 'x-api-key': '' })],
  ['garbage', () => ({ authorization: 'Bearer x.y.z' })],
  ['a key in a scheme of another kind', () => ({ authorization: `Basic ${first}` })],
  ['a key of the host', () => ({ 'x-functions-key': first })],
  [
    'the id of one key with the secret of another',
    async () => ({ 'x-api-key': `${(await made({ roles: ['Admin'] })).key.slice(0, 21)}${first.slice(21)}` }),
  ],
  [
    'a revoked key',
    async () => {
      const { key, apiKeyId } = await made({ roles: ['Admin'] });
      expect((await board.api('GET', 'calls', undefined, { 'x-api-key': key })).status).toBe(200);
      expect((await board.api('DELETE', `api-keys/${apiKeyId}`, undefined, asAdmin)).status).toBe(204);
      return { 'x-api-key': key };
    },
  ],
  [
    'an expired key',
    async () => {
      const expiresAt = new Date(Date.now() + 300).toISOString();
      const { key } = await made({ roles: ['Admin'], expiresAt });
      await new Promise((resolve) => setTimeout(resolve, 400));
      return { 'x-api-key': key };
    },
  ],
])('%s opens nothing but health, the description and the index', async (name, headers) => {
  await expectAsDefined(board.url, { name, headers: await headers(), ...nothing });
});

test('a key is shown once, and listed with its last use and without its hash', async () => {
  const { key, apiKeyId } = await made({ name: 'crm', roles: ['Calls.Read'] });
  await board.api('GET', 'calls', undefined, { 'x-api-key': key });
  const { items } = (await board.api('GET', 'api-keys', undefined, asAdmin)).body;
  const listed = items.find((one: { apiKeyId: string }) => one.apiKeyId === apiKeyId);
  expect(listed).toEqual({
    apiKeyId,
    name: 'crm',
    roles: ['Calls.Read'],
    createdAt: expect.any(String),
    createdBy: 'key:first',
    lastUsedAt: expect.any(String),
  });
  expect(JSON.stringify(items)).not.toContain(key.slice(21));
  expect(JSON.stringify(items)).not.toContain(hashOf(key));
});

test.each([
  ['no role', { name: 'x', roles: [] }, 'roles'],
  ['an unknown role', { name: 'x', roles: ['Root'] }, 'roles[0]'],
  ['a role twice', { name: 'x', roles: ['Admin', 'Admin'] }, 'roles'],
  ['a long name', { name: 'x'.repeat(101), roles: ['Admin'] }, 'name'],
  ['a control character', { name: 'a\u0007', roles: ['Admin'] }, 'name'],
  ['an expiry in the past', { name: 'x', roles: ['Admin'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
])('a key with %s is refused', async (_, body, path) => {
  const { status, body: problem } = await board.api('POST', 'api-keys', body, asAdmin);
  expect(status).toBe(422);
  expect(problem.errors.map((error: { path: string }) => error.path)).toEqual([path]);
});

test('revoking an unknown key is 404', async () => {
  expect((await board.api('DELETE', 'api-keys/0', undefined, asAdmin)).body.code).toBe('apiKeyNotFound');
});

test('an operation names the key by which it was requested', async () => {
  const { key, apiKeyId } = await made({ roles: ['Calls.Operate', 'Calls.Read'] });
  const call = { targets: ['+14255550177'], callerId: '+14255550100' };
  const { body } = await board.api('POST', 'calls', call, { 'x-api-key': key });
  expect(body.requestedBy).toEqual({ kind: 'api', id: `key:${apiKeyId}` });
});

test('a preflight needs no credential, and allows the header of a key', async () => {
  const headers = { origin: 'https://app.contoso.com', 'access-control-request-method': 'GET' };
  const response = await fetch(`${board.url}/api/calls`, { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toContain('x-api-key');
});

test('there are at most 100 keys', async () => {
  for (let status = 201; status === 201; ) {
    const { status: next, body } = await board.api('POST', 'api-keys', { name: 'x', roles: ['Admin'] }, asAdmin);
    status = next;
    expect([201, 'tooManyApiKeys']).toContain(status === 201 ? 201 : body.code);
  }
});
