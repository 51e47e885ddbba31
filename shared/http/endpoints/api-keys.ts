/** API keys: a key is shown once, when it is made, and stored as a hash. */
import * as z from 'zod';
import { type ApiKey, apiKeyInput, apiKeySchema, hashOf, newKey, toApiKey } from '../../access/api-key.ts';
import { callerText } from '../../access/caller.ts';
import { AppError, invalidInput } from '../../errors.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { noContent } from '../reply.ts';

/** A key for each back end, with room for those that replace them. */
const maxApiKeys = 100;

const newApiKeySchema = z
  .intersection(
    apiKeySchema,
    z.object({ key: z.string().meta({ description: 'The key itself, which is not shown again' }) }),
  )
  .meta({ id: 'NewApiKey' });

export const createApiKey = defineEndpoint({
  name: 'createApiKey',
  summary: 'Make an API key with roles; the response is the only one that has the key itself',
  method: 'POST',
  path: 'api-keys',
  body: apiKeyInput,
  example: { name: 'crm', roles: ['Calls.Read', 'Calls.Operate'] },
  success: {
    status: 201,
    description: 'The key',
    schema: newApiKeySchema,
    headers: { 'Cache-Control': '`no-store`: the key belongs into no cache' },
  },
  errors: ['tooManyApiKeys', 'apiKeysOff'],
  roles: ['Admin'],

  async handle({ apiKeys, caller, ledger }, { body }) {
    if (!apiKeys.canBeMade) {
      throw new AppError('apiKeysOff', 'Callers are known by Microsoft Entra: an API key would open nothing.');
    }
    const createdAt = ledger.now();
    if (body.expiresAt !== undefined && body.expiresAt <= createdAt) {
      throw invalidInput([{ path: 'expiresAt', message: 'expected a time in the future' }]);
    }
    if ((await apiKeys.store.list(maxApiKeys, undefined)).items.length >= maxApiKeys) {
      throw new AppError('tooManyApiKeys', `There are ${maxApiKeys} API keys, the most that there can be; revoke one.`);
    }
    const { apiKeyId, key } = newKey();
    const createdBy = callerText(caller);
    const made: ApiKey = { apiKeyId, ...body, createdAt, ...(createdBy !== undefined && { createdBy }) };
    await apiKeys.store.put({ ...made, hash: hashOf(key) });
    return { body: { key, ...made }, headers: { 'cache-control': 'no-store' } };
  },
});

export const listApiKeys = defineList({
  name: 'listApiKeys',
  summary: 'The API keys with their last use, without the keys themselves',
  path: 'api-keys',
  items: apiKeySchema,
  roles: ['Admin'],

  async handle({ apiKeys }, { limit, position }) {
    const page = await apiKeys.store.list(limit, position);
    return { ...page, items: page.items.map(toApiKey) };
  },
});

export const deleteApiKey = defineEndpoint({
  name: 'deleteApiKey',
  summary: 'Revoke an API key; other instances of the app may take it for `API_KEY_CACHE_SECONDS` longer',
  method: 'DELETE',
  path: 'api-keys/{apiKeyId}',
  success: { status: 204, description: 'The key is revoked' },
  errors: ['apiKeyNotFound'],
  roles: ['Admin'],

  async handle({ apiKeys }, { path: { apiKeyId } }) {
    const existed = await apiKeys.store.delete(apiKeyId);
    apiKeys.invalidate(apiKeyId);
    if (!existed) {
      throw new AppError('apiKeyNotFound', 'No API key has this id.');
    }
    return noContent;
  },
});
