import { expect, test } from 'vitest';
import { readConfig } from '../../../shared/config.ts';
import { azureSettings as azure, localSettings as local } from '../../support/local-settings.ts';

const remotely = { AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'contosostorage' };

test.each([
  ['ACS and storage are in Azure', azure],
  ['storage is in Azure', { ...local, ...remotely }],
  [
    'one of the services of storage is',
    { ...local, AzureWebJobsStorage: storageAt('127.0.0.1').replace('127.0.0.1:10000', 'blob.example.com') },
  ],
  [
    'storage is behind a proxy elsewhere',
    { ...local, AzureWebJobsStorage: 'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://10.0.0.4' },
  ],
  [
    'ACS is in Azure',
    { ...local, ACS_CONNECTION_STRING: 'endpoint=https://contoso.communication.azure.com/;accesskey=a2V5' },
  ],
])('the app does not start without asking for credentials where %s', (_, environment) => {
  expect(() => readConfig({ ...environment, AUTH_MODE: 'local' })).toThrow(
    'AUTH_MODE: local asks callers for no credential',
  );
  const asking = { ...environment, PUBLIC_BASE_URL: azure.PUBLIC_BASE_URL, AUTH_MODE: '', ENTRA_TENANT_ID: '' };
  expect(() => readConfig(asking)).toThrow('ENTRA_TENANT_ID: required');
});

function storageAt(host: string): string {
  const services = { Table: 10002, Queue: 10001, Blob: 10000 };
  const endpoints = Object.entries(services).map(([name, port]) => `${name}Endpoint=http://${host}:${port}/a`);
  return ['DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5', ...endpoints].join(';');
}

test('callers are known by Entra in Azure, not at all on this machine, and otherwise as AUTH_MODE says', () => {
  const entra = {
    tenantId: azure.ENTRA_TENANT_ID,
    audience: azure.ENTRA_AUDIENCE,
    authority: 'https://login.microsoftonline.com',
  };
  expect(readConfig(azure).access).toEqual({ mode: 'entra', entra });
  expect(readConfig({ ...azure, ENTRA_AUTHORITY: 'https://login.microsoftonline.us/' }).access).toMatchObject({
    entra: { authority: 'https://login.microsoftonline.us' },
  });
  expect(readConfig(local).access).toEqual({ mode: 'local' });
  expect(readConfig({ ...local, AzureWebJobsStorage: storageAt('localhost'), AUTH_MODE: 'local' }).access.mode).toBe(
    'local',
  );
  const { ENTRA_TENANT_ID: _, ENTRA_AUDIENCE: __, ...withoutEntra } = azure;
  const keys = { ...withoutEntra, AUTH_MODE: 'keys', FIRST_API_KEY_SHA256: 'AB'.repeat(32) };
  expect(readConfig(keys).access).toEqual({ mode: 'keys', firstKeyHash: 'ab'.repeat(32), cacheSeconds: 60 });
  expect(() => readConfig(withoutEntra)).toThrow(/ENTRA_TENANT_ID: required[\s\S]*ENTRA_AUDIENCE: required/);
  expect(() => readConfig({ ...local, AUTH_MODE: 'entra' })).toThrow('ENTRA_TENANT_ID: required');
});
