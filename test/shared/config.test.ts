/** One table of wrong values for every setting, and the rules over several. The file is long because it is one table. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig, settingNames } from '../../shared/config.ts';
import { azureSettings, localSettings as local } from '../support/local-settings.ts';

const azure = { ...azureSettings, AZURE_CLIENT_ID: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' };

const contosoStorage =
  'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a2V5;EndpointSuffix=core.windows.net';

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

test('storage of another cloud has another suffix', () => {
  const settings = readConfig({ ...azure, STORAGE_ENDPOINT_SUFFIX: 'core.usgovcloudapi.net' });
  expect(settings.storage).toMatchObject({
    serviceUrls: { table: 'https://contosostorage.table.core.usgovcloudapi.net' },
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

const numbers = ['soon', ' ', '-1', '1.5', '1e3', '99999999'];
const urls = ['contoso', 'ftp://contoso.example.com', 'mailto:x', 'http://', 'https://a b/'];
const ids = ['contoso', '5c1f3b0e'];

/** Values that no setting may have, for each setting; `true` for one that takes any text. */
const wrong: Readonly<Record<(typeof settingNames)[number], readonly string[] | true>> = {
  ACS_ENDPOINT: [...urls, 'http://contoso.communication.azure.com'],
  ACS_CONNECTION_STRING: ['contoso', 'endpoint=https://a b/;accesskey=a2V5', 'endpoint=https://contoso/', ' '],
  ACS_RESOURCE_ID: [...ids, '/subscriptions/x/resourceGroups/y'],
  ACS_EVENT_TOPIC: ['contoso', '5c1f3b0e-0000-4000-8000-000000000000', '/subscriptions/x/resourceGroups/y'],
  ACS_CALLBACK_ISSUER: true,
  CALLBACK_REPLAY_SECONDS: ['299', '86401', 'x'],
  CALLBACK_CLOCK_SKEW_SECONDS: ['-1', '301', '0.5'],
  ALLOW_TEAMS_INTEROP: ['yes', '1'],
  ALLOWED_COUNTRIES: ['XX', '+1', 'USA', 'US;CA'],
  MAX_OPEN_CALLS: ['-1', '2001', ...numbers],
  MAX_OPEN_CALLS_PER_CALLER_ID: ['-1', '2001', ...numbers],
  MAX_CALLS_PER_SECOND: ['-1', '1001', ...numbers],
  MAX_TARGETS: ['0', '351', ...numbers],
  MAX_CALL_MINUTES: ['0', '1441', ...numbers],
  MAX_REDIRECTS: ['0', '101', ...numbers],
  LIMITS_CACHE_SECONDS: ['-1', '3601', ...numbers],
  ACS_CALLBACK_JWKS_URL: [...urls, 'http://contoso.example.com/keys'],
  PUBLIC_BASE_URL: [
    ...urls,
    'https://contoso.example.com/?code=1',
    'https://me@contoso.example.com',
    'http://10.0.0.4',
  ],
  AzureWebJobsStorage: ['contoso', 'AccountName=contoso;AccountKey=a2V5', '@Microsoft.KeyVault(SecretUri=https://a/b)'],
  AzureWebJobsStorage__accountName: ['ab', 'Contoso', 'https://contoso.blob.core.windows.net'],
  STORAGE_TIMEOUT_SECONDS: numbers,
  STORAGE_ENDPOINT_SUFFIX: ['https://core.windows.net', 'windows', ' '],
  AzureWebJobsStorage__blobServiceUri: urls,
  AzureWebJobsStorage__queueServiceUri: urls,
  AzureWebJobsStorage__tableServiceUri: urls,
  AzureWebJobsStorage__clientId: ids,
  AZURE_CLIENT_ID: ids,
  ENCRYPTION_KEY_URL: [
    ...urls,
    'https://contoso.vault.azure.net/secrets/a',
    'https://contoso.vault.azure.net/keys/a/b',
  ],
  ENCRYPTION_KEY_FILE: true,
  RECORDINGS_CONTAINER_URL: [...urls, 'http://contoso.example.com/recordings'],
  RECORDING_CONTENT_HOSTS: ['https://example.com', 'a b'],
  RECORDING_DELETE_AT_ACS: ['yes', '1'],
  RECORDING_RETRY_SECONDS: numbers,
  RECORDING_TIMEOUT_SECONDS: numbers,
  RECORDING_LOST_SECONDS: numbers,
  RECORDING_CONTAINER_SECONDS: numbers,
  RECORDING_REDIRECT: ['yes', '1'],
  RECORDING_LINK_SECONDS: numbers,
  RECORDING_RANGE_BYTES: [...numbers.slice(0, -1), '999999999'],
  RECORDING_READER_SECONDS: numbers,
  ACS_RECORDING_ORIGIN: [...urls, 'https://contoso.example.com', 'http://127.0.0.1:9100'],
  COGNITIVE_SERVICES_ENDPOINT: [...urls, 'http://contoso.example.com'],
  INCOMING_DEFAULT_ACTION: ['redirect', 'Leave'],
  EVENT_GRID_CALL_EVENTS: ['yes', '1'],
  RING_WINDOW_SECONDS: numbers,
  ACS_TIMEOUT_SECONDS: numbers,
  REPEAT_WINDOW_SECONDS: numbers,
  PRESUMED_OUTCOME_GRACE_MS: numbers,
  MAX_WAIT_SECONDS: numbers,
  STREAM_SECONDS: ['0', '226', ...numbers],
  STREAM_HEARTBEAT_SECONDS: ['0', ...numbers],
  STREAM_POLL_MILLISECONDS: ['99', ...numbers],
  AUTH_MODE: ['none', 'Keys', 'local'],
  ENTRA_TENANT_ID: ids,
  ENTRA_AUDIENCE: true,
  ENTRA_AUTHORITY: [...urls, 'http://login.contoso.com', 'http://127.0.0.1:9100'],
  FIRST_API_KEY_SHA256: ['secret', 'a'.repeat(63), 'g'.repeat(64)],
  API_KEY_CACHE_SECONDS: numbers,
  AUDIT_DAYS: numbers,
  CORS_ORIGINS: ['app.contoso.com', 'https://app.contoso.com/', 'ftp://app.contoso.com', '**'],
  SEQUENCE_RECHECK_SECONDS: numbers,
  SEQUENCE_RECOVERY_SECONDS: numbers,
  RETENTION_DAYS: numbers,
  NOTIFY_RECORD_DELIVERED: ['yes', '1'],
  NOTIFY_DISABLE_AFTER_SECONDS: numbers,
  NOTIFY_SECRET_OVERLAP_SECONDS: numbers,
  EVENT_LOG_DAYS: numbers,
  EVENT_LOG_SETTLE_SECONDS: numbers,
  NOTIFY_SECRET: ['secret', 'whsec_c2hvcnQ='],
  NOTIFY_HOSTS: ['https://contoso.example.com', 'a_b'],
  PLAY_HOSTS: ['https://contoso.example.com', 'a_b'],
  STREAM_HOSTS: ['https://contoso.example.com', 'a_b'],
  COGNITIVE_SERVICES_HOSTS: ['https://contoso.example.com', 'a_b'],
  RECORDING_HOSTS: ['https://contoso.example.com', 'a_b'],
  CONTENT_DAYS: ['0', '36501', ...numbers],
  RECORDING_DAYS: ['0', '36501', ...numbers],
  DEAD_LETTER_DAYS: ['0', '36501', ...numbers],
  ERASURE_SETTLE_SECONDS: numbers,
  NOTIFY_TIMEOUT_SECONDS: numbers,
  NOTIFY_RETRY_SECONDS: ['soon', '1 -1', '1.5', '99999999'],
  NOTIFY_CACHE_SECONDS: numbers,
  NOTIFY_SWEEP_SECONDS: numbers,
  NOTIFY_KEEP_DAYS: numbers,
  APPLICATIONINSIGHTS_CONNECTION_STRING: ['a key', 'InstrumentationKey=', 'IngestionEndpoint=https://a.example.com'],
  OTEL_EXPORTER_OTLP_ENDPOINT: urls,
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: ['ClientId=1', 'Authorization=Key'],
  OTEL_METRIC_EXPORT_INTERVAL: numbers,
  OTEL_BSP_SCHEDULE_DELAY: numbers,
  TABLE_PREFIX: ['9', 'a-b', 'a'.repeat(42)],
};

const eachWrong = settingNames.flatMap((name) => {
  const values = wrong[name];
  return values === true ? [] : values.map((value): [string, string] => [name, value]);
});

/** The names in the error of a start, one for each setting. */
function invalidSettings(environment: Readonly<Record<string, string>>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return [...String(error).matchAll(/^ {2}Error in (\w+)[.\d]*: /gm)].map(([, name]) => name ?? '');
  }
}

test.each(eachWrong)('a start with %s=%j names it, and no other', (name, value) => {
  expect(new Set(invalidSettings({ ...azure, [name]: value }))).toEqual(new Set([name]));
});

test('a start with every setting wrong names each of them', () => {
  const environment = Object.fromEntries(eachWrong.toReversed());
  expect(new Set(invalidSettings(environment))).toEqual(new Set(Object.keys(environment)));
});

test('a URL over http is named with the settings that are wrong by themselves', () => {
  const environment = { ...azure, PUBLIC_BASE_URL: 'http://contoso.example.com', RING_WINDOW_SECONDS: 'soon' };
  expect(invalidSettings(environment)).toEqual(['RING_WINDOW_SECONDS', 'PUBLIC_BASE_URL']);
});

test.each([
  ['ACS_ENDPOINT', { ...azure, ACS_ENDPOINT: 'http://contoso.communication.azure.com' }],
  ['PUBLIC_BASE_URL', { ...azure, PUBLIC_BASE_URL: 'http://contoso.azurewebsites.net' }],
  ['ACS_CALLBACK_JWKS_URL', { ...azure, ACS_CALLBACK_JWKS_URL: 'http://127.0.0.1:9100/keys' }],
  ['ACS_ENDPOINT', { ...local, AzureWebJobsStorage: contosoStorage }],
  ['PUBLIC_BASE_URL', { ...local, PUBLIC_BASE_URL: 'http://192.168.1.20:7071' }],
  ['ACS_RECORDING_ORIGIN', { ...azure, ACS_RECORDING_ORIGIN: 'http://127.0.0.1:9100' }],
  ['ACS_RECORDING_ORIGIN', { ...local, ACS_RECORDING_ORIGIN: 'http://192.168.1.20:9100' }],
  ['RECORDINGS_CONTAINER_URL', { ...azure, RECORDINGS_CONTAINER_URL: 'http://127.0.0.1:10000/a/recordings' }],
  ['ACS_ENDPOINT', { ...local, AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'contosostorage' }],
])('%s over http is refused unless ACS and storage are both on this machine', (name, environment) => {
  expect(() => readConfig(environment)).toThrow(`${name}: http is for local mode only`);
});

test('a log that lists an event while an earlier one may still be written is refused at the start, with what to do', () => {
  const log = { ...azure, EVENT_LOG_DAYS: '7', STORAGE_TIMEOUT_SECONDS: '5' };
  const refusal =
    /EVENT_LOG_SETTLE_SECONDS: expected more than STORAGE_TIMEOUT_SECONDS.* Raise this setting, or lower STORAGE_TIMEOUT_SECONDS/;
  expect(() => readConfig({ ...log, EVENT_LOG_SETTLE_SECONDS: '5' })).toThrow(refusal);
  expect(readConfig({ ...log, EVENT_LOG_SETTLE_SECONDS: '6' }).notifications.settleSeconds).toBe(6);
  expect(invalidSettings({ ...log, EVENT_LOG_DAYS: '0', EVENT_LOG_SETTLE_SECONDS: '0' })).toEqual([]);
});

test('logged events that would outlive what is kept of digits and speech are refused at the start', () => {
  const settings = { ...azure, CONTENT_DAYS: '3', EVENT_LOG_DAYS: '4' };
  expect(() => readConfig(settings)).toThrow('EVENT_LOG_DAYS: expected at most CONTENT_DAYS');
  expect(readConfig({ ...settings, EVENT_LOG_DAYS: '3' }).erasure.contentDays).toBe(3);
});

test('the settings in local.settings.json start the app as they are', () => {
  const { Values } = JSON.parse(readFileSync('local.settings.json', 'utf8'));
  expect(readConfig(Values).acs).toMatchObject({ isLocal: true });
});

test('recordings go to a container of the app, from the hosts of Microsoft, unless set otherwise', () => {
  expect(readConfig(azure).recordings).toEqual({
    containerUrl: undefined,
    contentHosts: ['.asm.skype.com', '.asyncgw.teams.microsoft.com', '.ams.gov.teams.microsoft.us'],
    deleteAtAcs: false,
    retrySeconds: 10,
    archiveTimeoutSeconds: 72_000,
    lostSeconds: 900,
    containerSeconds: 180,
    linkSeconds: undefined,
    rangeBytes: 8_388_608,
    readerSeconds: 60,
  });
  const redirecting = readConfig({ ...azure, RECORDING_REDIRECT: 'true', RECORDING_LINK_SECONDS: '300' });
  expect(redirecting.recordings.linkSeconds).toBe(300);
  const custom = {
    ...local,
    RECORDINGS_CONTAINER_URL: 'https://contoso.blob.core.windows.net/calls',
    RECORDING_CONTENT_HOSTS: 'Files.example.com,.example.org',
    RECORDING_DELETE_AT_ACS: 'true',
    ACS_RECORDING_ORIGIN: 'http://127.0.0.1:9100/',
  };
  expect(readConfig(custom)).toMatchObject({
    acs: { recordingOrigin: 'http://127.0.0.1:9100' },
    recordings: {
      containerUrl: custom.RECORDINGS_CONTAINER_URL,
      contentHosts: ['files.example.com', '.example.org'],
      deleteAtAcs: true,
    },
  });
  expect(() => readConfig({ ...azure, RECORDING_CONTENT_HOSTS: 'https://example.com' })).toThrow('expected host names');
});
