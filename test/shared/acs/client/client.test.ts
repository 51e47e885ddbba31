import { CallAutomationClient } from '@azure/communication-call-automation';
import { expect, test } from 'vitest';
import { openAcs } from '../../../../shared/acs/client/client.ts';

const endpoint = 'https://contoso.communication.azure.com';
const clientId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

test.each([
  { endpoint },
  { endpoint, clientId },
  { connectionString: `endpoint=${endpoint}/;accesskey=a2V5`, isLocal: false },
])('a client of ACS is made of %o without a request', (settings) => {
  expect(openAcs(settings, 10)).toBeInstanceOf(CallAutomationClient);
});

test('an emulator over http is refused unless the app is local', async () => {
  const client = openAcs({ connectionString: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5', isLocal: false }, 1);
  await expect(client.getCallConnection('x').getCallConnectionProperties()).rejects.toThrow('allowInsecureConnection');
});
