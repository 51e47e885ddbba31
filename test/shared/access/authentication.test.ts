import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { hashOf, newKey } from '../../../shared/access/api-key.ts';
import { openAuthentication } from '../../../shared/access/authentication.ts';
import { requestedBy } from '../../../shared/access/caller.ts';
import { readConfig } from '../../../shared/config.ts';
import { localSettings } from '../../support/local-settings.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (settings: Readonly<Record<string, string>>) =>
  openAuthentication(readConfig({ ...localSettings, AzureWebJobsStorage: inject('storage'), ...settings }));

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

test('in local mode every request is the local caller, which no operation names', async () => {
  const { identify, apiKeys } = open({});
  const caller = await identify(new Headers());
  expect(caller.kind).toBe('local');
  expect(requestedBy(caller)).toEqual({});
  apiKeys.invalidate('0');
});

test('without the signing keys of Entra a token is neither valid nor invalid: 503', async () => {
  const entra = { ENTRA_TENANT_ID: randomUUID(), ENTRA_AUDIENCE: randomUUID(), ENTRA_AUTHORITY: 'http://127.0.0.1:9' };
  const { identify } = open({ AUTH_MODE: 'entra', ...entra });
  const token = [{ alg: 'RS256', kid: 'one' }, { exp: 9_999_999_999 }, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const headers = new Headers({ authorization: `Bearer ${token}` });
  await expect(identify(headers)).rejects.toMatchObject({ code: 'identityUnavailable' });
});

test('a key that another instance revokes passes for API_KEY_CACHE_SECONDS, one that expires does not', async () => {
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const { identify, apiKeys } = open({ AUTH_MODE: 'keys', API_KEY_CACHE_SECONDS: '60', TABLE_PREFIX: prefix });
  const made = newKey();
  const [other, createdAt] = [newKey(), new Date().toISOString()];
  const stored = { name: 'crm', roles: ['Calls.Read'] as const, createdAt };
  const expiresAt = new Date(Date.now() + 10_000).toISOString();
  await apiKeys.store.put({ ...stored, roles: [...stored.roles], apiKeyId: made.apiKeyId, hash: hashOf(made.key) });
  await apiKeys.store.put({
    ...stored,
    roles: [...stored.roles],
    apiKeyId: other.apiKeyId,
    hash: hashOf(other.key),
    expiresAt,
  });
  const passes = ({ key }: { key: string }) =>
    identify(new Headers({ 'x-api-key': key })).then(
      () => true,
      () => false,
    );
  expect([await passes(made), await passes(other)]).toEqual([true, true]);
  await apiKeys.store.delete(made.apiKeyId);
  later(30);
  expect([await passes(made), await passes(other)]).toEqual([true, false]);
  later(31);
  expect(await passes(made)).toBe(false);
});
