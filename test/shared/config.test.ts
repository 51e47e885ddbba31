import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../../shared/config.ts';

const local = {
  ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9100/;accesskey=a2V5',
  ACS_RESOURCE_ID: 'ac5e0000-0000-4000-8000-00000000e001',
  ACS_CALLBACK_ISSUER: 'http://127.0.0.1:9100',
  ACS_CALLBACK_JWKS_URL: 'http://127.0.0.1:9100/keys',
  PUBLIC_BASE_URL: 'http://127.0.0.1:7071/',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
const azure = {
  ACS_ENDPOINT: 'https://contoso.communication.azure.com',
  ACS_RESOURCE_ID: local.ACS_RESOURCE_ID,
  PUBLIC_BASE_URL: 'https://contoso.azurewebsites.net',
  AzureWebJobsStorage__accountName: 'contosostorage',
  AZURE_CLIENT_ID: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
};

test('local settings give a local app, with the defaults of everything else', () => {
  expect(readConfig(local)).toMatchObject({
    acs: { connectionString: local.ACS_CONNECTION_STRING, isLocal: true },
    storage: { connectionString: 'UseDevelopmentStorage=true' },
    publicBaseUrl: 'http://127.0.0.1:7071',
    incomingDefaultAction: 'leave',
    ringWindowSeconds: 30,
    retentionDays: 90,
    tablePrefix: '',
  });
});

test('Azure settings give managed identities and the keys of Microsoft', () => {
  expect(readConfig(azure)).toMatchObject({
    acs: { endpoint: azure.ACS_ENDPOINT, clientId: azure.AZURE_CLIENT_ID },
    storage: {
      serviceUrls: {
        blob: 'https://contosostorage.blob.core.windows.net',
        queue: 'https://contosostorage.queue.core.windows.net',
        table: 'https://contosostorage.table.core.windows.net',
      },
      clientId: azure.AZURE_CLIENT_ID,
    },
    callbackToken: {
      issuer: 'https://acscallautomation.communication.azure.com',
      jwksUrl: 'https://acscallautomation.communication.azure.com/calling/keys',
    },
  });
});

test('storage may be given by the URLs of its services, of which none may be missing', () => {
  const { AzureWebJobsStorage__accountName: _, ...rest } = azure;
  const urls = {
    AzureWebJobsStorage__blobServiceUri: 'https://blobs.contoso.com',
    AzureWebJobsStorage__queueServiceUri: 'https://queues.contoso.com',
    AzureWebJobsStorage__tableServiceUri: 'https://tables.contoso.com',
  };
  expect(readConfig({ ...rest, ...urls }).storage).toMatchObject({
    serviceUrls: {
      blob: 'https://blobs.contoso.com',
      queue: 'https://queues.contoso.com',
      table: 'https://tables.contoso.com',
    },
  });
  for (const missing of Object.keys(urls)) {
    expect(() => readConfig({ ...rest, ...urls, [missing]: '' })).toThrow('AzureWebJobsStorage: required');
  }
});

test('a start without settings names every one that is missing', () => {
  expect(() => readConfig({})).toThrow(
    /4 setting\(s\)[\s\S]*ACS_RESOURCE_ID[\s\S]*PUBLIC_BASE_URL[\s\S]*ACS_ENDPOINT[\s\S]*AzureWebJobsStorage/,
  );
});

test('settings that are wrong are named with those that are missing', () => {
  const wrong = {
    ...azure,
    PUBLIC_BASE_URL: 'contoso',
    RING_WINDOW_SECONDS: 'soon',
    ACS_RESOURCE_ID: '',
    TABLE_PREFIX: '9',
  };
  const named = ['PUBLIC_BASE_URL', 'RING_WINDOW_SECONDS', 'ACS_RESOURCE_ID', 'TABLE_PREFIX'];
  for (const name of named) {
    expect(() => readConfig(wrong)).toThrow(name);
  }
});

test.each([
  ['ACS_ENDPOINT', { ...azure, ACS_ENDPOINT: 'http://contoso.communication.azure.com' }],
  ['PUBLIC_BASE_URL', { ...azure, PUBLIC_BASE_URL: 'http://contoso.azurewebsites.net' }],
  ['ACS_CALLBACK_JWKS_URL', { ...azure, ACS_CALLBACK_JWKS_URL: 'http://127.0.0.1:9100/keys' }],
  ['ACS_ENDPOINT', { ...local, AzureWebJobsStorage: 'AccountName=contoso;AccountKey=a2V5' }],
  ['PUBLIC_BASE_URL', { ...local, PUBLIC_BASE_URL: 'http://192.168.1.20:7071' }],
  ['ACS_RECORDING_ORIGIN', { ...azure, ACS_RECORDING_ORIGIN: 'http://127.0.0.1:9100' }],
  ['ACS_RECORDING_ORIGIN', { ...local, ACS_RECORDING_ORIGIN: 'http://192.168.1.20:9100' }],
  ['RECORDINGS_CONTAINER_URL', { ...azure, RECORDINGS_CONTAINER_URL: 'http://127.0.0.1:10000/a/recordings' }],
  ['ACS_ENDPOINT', { ...local, AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'contosostorage' }],
])('%s over http is refused unless ACS and storage are both on this machine', (name, environment) => {
  expect(() => readConfig(environment)).toThrow(`${name}: http is for local mode only`);
});

test('the settings in local.settings.json start the app as they are', () => {
  const { Values } = JSON.parse(readFileSync('local.settings.json', 'utf8'));
  expect(readConfig(Values).acs).toMatchObject({ isLocal: true });
});

test('recordings go to a container of the app, from the hosts of Microsoft, unless it is told otherwise', () => {
  expect(readConfig(azure).recordings).toEqual({
    containerUrl: undefined,
    contentHosts: ['.asm.skype.com', '.asyncgw.teams.microsoft.com', '.ams.gov.teams.microsoft.us'],
    deleteAtAcs: false,
    retrySeconds: 10,
    giveUpSeconds: 72_000,
    lostSeconds: 900,
  });
  const told = {
    ...local,
    RECORDINGS_CONTAINER_URL: 'https://contoso.blob.core.windows.net/calls',
    RECORDING_CONTENT_HOSTS: 'Files.example.com,.example.org',
    RECORDING_DELETE_AT_ACS: 'true',
    ACS_RECORDING_ORIGIN: 'http://127.0.0.1:9100/',
  };
  expect(readConfig(told)).toMatchObject({
    acs: { recordingOrigin: 'http://127.0.0.1:9100' },
    recordings: {
      containerUrl: told.RECORDINGS_CONTAINER_URL,
      contentHosts: ['files.example.com', '.example.org'],
      deleteAtAcs: true,
    },
  });
  expect(() => readConfig({ ...azure, RECORDING_CONTENT_HOSTS: 'https://example.com' })).toThrow('expected host names');
});
