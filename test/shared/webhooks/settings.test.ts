import { expect, test } from 'vitest';
import { readConfig } from '../../../shared/config.ts';

const enough = {
  AUTH_MODE: 'keys',
  ACS_ENDPOINT: 'https://contoso.communication.azure.com',
  ACS_RESOURCE_ID: 'ac5e0000-0000-4000-8000-00000000e001',
  PUBLIC_BASE_URL: 'https://contoso.azurewebsites.net',
  AzureWebJobsStorage__accountName: 'contosostorage',
  ENCRYPTION_KEY_URL: 'https://contoso.vault.azure.net/keys/storage',
};
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const read = (settings: Readonly<Record<string, string>>) => readConfig({ ...enough, ...settings }).notifications;

test('unless set otherwise, any host may be sent to, and for a day', () => {
  const { retrySeconds, ...settings } = read({});
  expect(settings).toEqual({
    notifySecret: undefined,
    hosts: [],
    timeoutSeconds: 10,
    cacheSeconds: 15,
    sweepSeconds: 60,
    keepDays: 7,
    recordsDelivered: false,
    disableAfterSeconds: 86_400,
    secretOverlapSeconds: 86_400,
    eventLogDays: 0,
    settleSeconds: 10,
  });
  const dayInSeconds = 24 * 3600;
  expect(retrySeconds.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(dayInSeconds);
  expect([...retrySeconds]).toEqual(retrySeconds.toSorted((one, other) => one - other));
});

test('every setting is taken as given', () => {
  const settings = {
    NOTIFY_SECRET: secret,
    NOTIFY_HOSTS: 'hooks.contoso.com',
    NOTIFY_TIMEOUT_SECONDS: '5',
    NOTIFY_RETRY_SECONDS: '1',
    NOTIFY_CACHE_SECONDS: '0',
    NOTIFY_SWEEP_SECONDS: '30',
    NOTIFY_KEEP_DAYS: '30',
    NOTIFY_RECORD_DELIVERED: 'true',
    NOTIFY_DISABLE_AFTER_SECONDS: '0',
    NOTIFY_SECRET_OVERLAP_SECONDS: '60',
    EVENT_LOG_DAYS: '30',
    EVENT_LOG_SETTLE_SECONDS: '12',
  };
  expect(read(settings)).toEqual({
    notifySecret: secret,
    hosts: ['hooks.contoso.com'],
    timeoutSeconds: 5,
    retrySeconds: [1],
    cacheSeconds: 0,
    sweepSeconds: 30,
    keepDays: 30,
    recordsDelivered: true,
    disableAfterSeconds: 0,
    secretOverlapSeconds: 60,
    eventLogDays: 30,
    settleSeconds: 12,
  });
});

test('lists are parted by commas, by spaces, or by both, and hosts are read in any case', () => {
  expect(
    read({ NOTIFY_HOSTS: ' Hooks.Contoso.com, *.example.org\nlocalhost,', NOTIFY_RETRY_SECONDS: '1,2, 3 4' }),
  ).toEqual(
    expect.objectContaining({ hosts: ['hooks.contoso.com', '*.example.org', 'localhost'], retrySeconds: [1, 2, 3, 4] }),
  );
});

test.each([
  ['NOTIFY_SECRET', 'a-password'],
  ['NOTIFY_SECRET', 'whsec_c2hvcnQ='],
  ['NOTIFY_HOSTS', 'https://hooks.contoso.com'],
  ['NOTIFY_HOSTS', 'hooks.contoso.com, hooks.*.com'],
  ['NOTIFY_TIMEOUT_SECONDS', '0'],
  ['NOTIFY_TIMEOUT_SECONDS', 'soon'],
  ['NOTIFY_RETRY_SECONDS', '5 soon'],
  ['NOTIFY_RETRY_SECONDS', '-1'],
  ['NOTIFY_RETRY_SECONDS', '1.5'],
  ['NOTIFY_RETRY_SECONDS', '1 '.repeat(51)],
  ['NOTIFY_CACHE_SECONDS', '3601'],
  ['NOTIFY_SWEEP_SECONDS', '0'],
  ['NOTIFY_KEEP_DAYS', '366'],
  ['NOTIFY_RECORD_DELIVERED', 'yes'],
  ['NOTIFY_DISABLE_AFTER_SECONDS', '-1'],
  ['NOTIFY_SECRET_OVERLAP_SECONDS', '2592001'],
])('%s is refused by name when it is %j', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`1 setting\\(s\\)[^]*\\n  Error in ${name}`));
});

test('events are kept no longer than calls, which may be kept for ever', () => {
  const refused = { ...enough, EVENT_LOG_DAYS: '31', RETENTION_DAYS: '30' };
  expect(() => readConfig(refused)).toThrow('EVENT_LOG_DAYS: expected at most RETENTION_DAYS');
  for (const days of ['31', '0']) {
    expect(readConfig({ ...refused, RETENTION_DAYS: days }).notifications.eventLogDays).toBe(31);
  }
});
