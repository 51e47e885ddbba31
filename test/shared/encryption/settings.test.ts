import { expect, test } from 'vitest';
import { readConfig } from '../../../shared/config.ts';
import { azureSettings as azure, localSettings as local } from '../../support/local-settings.ts';

test.each([
  ['ENCRYPTION_KEY_URL: required', { ...azure, ENCRYPTION_KEY_URL: '' }],
  ['ENCRYPTION_KEY_FILE: for local mode only', { ...azure, ENCRYPTION_KEY_FILE: '/home/key' }],
  [
    'ENCRYPTION_KEY_FILE: for local mode only',
    { ...local, ENCRYPTION_KEY_FILE: '/home/key', ENCRYPTION_KEY_URL: azure.ENCRYPTION_KEY_URL },
  ],
])('outside local mode secrets are encrypted with a key of Key Vault: %s', (message, environment) => {
  expect(() => readConfig(environment)).toThrow(message);
});

test('local mode takes the key of a file', () => {
  expect(readConfig({ ...local, ENCRYPTION_KEY_FILE: '/home/key' }).encryption).toMatchObject({ keyFile: '/home/key' });
});
