import { expect, test } from 'vitest';
import { credentialOf } from '../../shared/credential.ts';

const clientId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

test('a client id is that of a managed identity, and nothing else is asked', () => {
  expect(credentialOf(clientId).constructor.name).toBe('ManagedIdentityCredential');
  expect(credentialOf(undefined).constructor.name).toBe('DefaultAzureCredential');
});

test('an identity keeps its tokens: it has one credential', () => {
  expect(credentialOf(clientId)).toBe(credentialOf(clientId));
  expect(credentialOf(undefined)).toBe(credentialOf(undefined));
});
