import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAcs } from '../../../../shared/acs/client/client.ts';
import { readCallAt, readProperties, toParticipant } from '../../../../shared/acs/wire/reading.ts';

/** What ACS says of a call, by the end of the path; everything else is 400. */
const answers: Readonly<Record<string, object>> = {
  answered: {
    callConnectionId: 'answered',
    callConnectionState: 'connected',
    targets: [{ rawId: '8:acs:a', kind: 'communicationUser', communicationUser: { id: '8:acs:a' } }],
    source: { rawId: '4:+14255550123', kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } },
    sourceCallerIdNumber: { value: '+14255550100' },
    answeredBy: { id: '8:acs:b' },
    answeredFor: { value: '+14255550101' },
    callbackUri: 'https://contoso.azurewebsites.net/api/callbacks/x',
  },
  ringing: { callConnectionId: 'ringing', callConnectionState: 'connecting' },
};

const server = createServer((request, response) => {
  const answer = answers[/callConnections\/(\w+)\?/.exec(request.url ?? '')?.[1] ?? ''];
  response.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
});
let acs: ReturnType<typeof openAcs>;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  acs = openAcs({ connectionString: `endpoint=http://127.0.0.1:${port}/;accesskey=a2V5`, isLocal: true }, 5);
});
afterAll(() => server.close());

const timeout = () => AbortSignal.timeout(10_000);

test('the properties of a call name its people as the API does, and leave out the callback URL', async () => {
  const read = await readProperties(acs, 'answered', timeout());
  expect(JSON.stringify(read)).not.toContain('azurewebsites');
  expect(read).toMatchObject({
    kind: 'answered',
    answer: {
      callConnectionState: 'connected',
      targets: ['8:acs:a'],
      source: '+14255550123',
      sourceCallerId: '+14255550100',
      answeredBy: '8:acs:b',
      answeredFor: '+14255550101',
    },
  });
});

test('a call without targets has none', async () => {
  expect(await readProperties(acs, 'ringing', timeout())).toMatchObject({ answer: { targets: [] } });
});

test('a call that is not connected is in another state; one whose people cannot be read is not read at all', async () => {
  expect(await readCallAt(acs, 'ringing', timeout())).toEqual({ state: 'other' });
  expect(await readCallAt(acs, 'answered', timeout())).toBeUndefined();
  expect(await readCallAt(acs, 'unknown', timeout())).toBeUndefined();
});

test('a participant without an identifier has no id, and without flags neither muted nor on hold', () => {
  expect(toParticipant({})).toEqual([]);
  expect(toParticipant({ identifier: { communicationUserId: '8:acs:a' } })).toEqual([
    { participant: '8:acs:a', isMuted: false, isOnHold: false },
  ]);
});
