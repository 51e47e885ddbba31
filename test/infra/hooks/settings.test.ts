import { expect, it } from 'vitest';
import { readSettings } from '../../../infra/hooks/settings.ts';

const given = {
  AZURE_SUBSCRIPTION_ID: 's',
  AZURE_RESOURCE_GROUP: 'g',
  SYSTEM_TOPIC_NAME: 't',
  FUNCTION_APP_NAME: 'f',
  STORAGE_ACCOUNT_NAME: 'a',
};

it('reads what azd gives, and waits ten minutes by default', () => {
  expect(readSettings({ ...given, INCOMING_CALL_TO: ' 4:+1425 ,8:acs:' })).toEqual({
    subscription: 's',
    resourceGroup: 'g',
    parameters: {
      systemTopicName: 't',
      functionAppName: 'f',
      storageAccountName: 'a',
      incomingCallTo: '4:+1425,8:acs:',
    },
    waitMinutes: 10,
    pauseSeconds: 15,
  });
});

it('names everything that is missing, and who sets it', () => {
  expect(() => readSettings({ ...given, SYSTEM_TOPIC_NAME: '', AZURE_RESOURCE_GROUP: undefined })).toThrow(
    /AZURE_RESOURCE_GROUP, SYSTEM_TOPIC_NAME in the environment.*azd provision/,
  );
});

it.each([
  ['a number without its kind', { INCOMING_CALL_TO: '4:+1425,+49' }, /4:\+1425 for numbers.*"\+49" is none/],
  [
    'more than a filter takes',
    { INCOMING_CALL_TO: Array.from({ length: 26 }, () => '4:+1').join() },
    /at most 25.*has 26/,
  ],
  ['a time that is none', { EVENTS_WAIT_MINUTES: 'long' }, /EVENTS_WAIT_MINUTES to be a number above 0, not "long"/],
  ['no pause', { EVENTS_PAUSE_SECONDS: '-1' }, /EVENTS_PAUSE_SECONDS/],
])('refuses %s', (_, wrong, says) => {
  expect(() => readSettings({ ...given, ...wrong })).toThrow(says);
});
