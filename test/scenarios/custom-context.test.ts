/** Custom context on the wire: operations whose SDK method drops it send it as those do that take it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { dialIn } from '../support/incoming-calls.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, party, requestsSince, withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const [callerId, target] = ['+14255550100', '+14255550171'];
const user = '8:acs:context';
const customContext = [
  { kind: 'sipuui', key: '', value: '616d;encoding=hex' },
  { kind: 'sipx', key: 'Ticket', value: '42' },
  { kind: 'sipx', key: 'x-ms-custom-Queue', value: 'a.b' },
  { kind: 'sipx', key: 'X-Tenant', value: '7' },
  { kind: 'voip', key: 'language', value: 'ümlaut "quoted"' },
  { kind: 'voip', key: 'empty', value: '' },
];
const onTheWire = {
  sipHeaders: {
    'User-To-User': '616d;encoding=hex',
    'X-MS-Custom-Ticket': '42',
    'X-MS-Custom-Queue': 'a.b',
    'X-Tenant': '7',
  },
  voipHeaders: { language: 'ümlaut "quoted"', empty: '' },
};

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  await party(board, user, { onRing: 'answer' });
});
afterAll(() => board.close());

const callPath = async (rest: string) => `calls/${await connectedCall(board.api)}/${rest}`;
const incomingPath = async (rest: string) => `incoming-calls/${await ringingCall(board)}/${rest}`;

const carriers: readonly (readonly [string, () => Promise<string>, object])[] = [
  ['createCall to one', async () => 'calls', { targets: [target], callerId }],
  ['createCall to several', async () => 'calls', { targets: [target, user], callerId }],
  ['addParticipant', () => callPath('participants'), { target, callerId }],
  ['transferCall', () => callPath('transfer'), { target }],
  ['redirectCall', () => incomingPath('redirect'), { target: user }],
];

test.each(carriers)('%s sends custom context', async (_, pathOf, body) => {
  const path = await pathOf();
  const since = await lastEntry(board);
  expect((await board.api('POST', path, { ...body, customContext })).status).toBeLessThan(300);
  const [request] = await requestsSince(board, since);
  expect(request?.body.customCallingContext).toEqual(onTheWire);
});

test.each(carriers)('%s sends none where none is given', async (_, pathOf, body) => {
  const path = await pathOf();
  const since = await lastEntry(board);
  await board.api('POST', path, body);
  const [request] = await requestsSince(board, since);
  const empty = { sipHeaders: {}, voipHeaders: {} };
  expect(request?.body.customCallingContext ?? empty).toEqual(empty);
});

test('a redirect to a phone number shows the caller id that was asked for', async () => {
  const path = await incomingPath('redirect');
  const since = await lastEntry(board);
  expect((await board.api('POST', path, { target, callerId: '+14255550101' })).status).toBe(200);
  const [request] = await requestsSince(board, since);
  expect(request?.body).toMatchObject({
    target: { phoneNumber: { value: target } },
    sourceCallerIdNumber: { value: '+14255550101' },
  });
});

test('the options of a leg and of a caller reach ACS as they were given', async () => {
  const since = await lastEntry(board);
  const leg = {
    cognitiveServicesEndpoint: 'https://cognitive.example/',
    mediaStreaming: { transportUrl: 'wss://example.com/audio', enableBidirectional: true },
    transcription: { transportUrl: 'wss://example.com/text', locale: 'en-US' },
  };
  expect((await board.api('POST', 'calls', { targets: [target], callerId, displayName: 'Desk', ...leg })).status).toBe(
    202,
  );
  const transfer = { target: user, transferee: '+14255550177' };
  expect((await board.api('POST', await callPath('transfer'), transfer)).status).toBe(202);
  const invitation = { target: user, displayName: 'Guest', invitationTimeoutSeconds: 20 };
  expect((await board.api('POST', await callPath('participants'), invitation)).status).toBe(202);
  const bodies = (await requestsSince(board, since)).map(({ body }) => body);
  expect(bodies).toContainEqual(
    expect.objectContaining({
      sourceDisplayName: 'Desk',
      callIntelligenceOptions: { cognitiveServicesEndpoint: leg.cognitiveServicesEndpoint },
      mediaStreamingOptions: expect.objectContaining({
        transportUrl: 'wss://example.com/audio',
        enableBidirectional: true,
        audioChannelType: 'mixed',
      }),
      transcriptionOptions: expect.objectContaining({ transportUrl: 'wss://example.com/text', locale: 'en-US' }),
    }),
  );
  expect(bodies).toContainEqual(
    expect.objectContaining({
      transferee: expect.objectContaining({ rawId: '4:+14255550177' }),
    }),
  );
  expect(bodies).toContainEqual(
    expect.objectContaining({ sourceDisplayName: 'Guest', invitationTimeoutInSeconds: 20 }),
  );
});

test('a transfer with a caller id of its own is refused with the reason', async () => {
  const answer = await board.api('POST', await callPath('transfer'), { target: user, sourceCallerId: '+14255550102' });
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalidInput' } });
  expect(answer.body.errors).toEqual([
    { path: 'sourceCallerId', message: expect.stringContaining('supports no other') },
  ]);
});

const brought = {
  sipHeaders: { userToUser: '616d;encoding=hex', 'X-MS-Custom-Tier': 'gold', 'X-Region': 'eu' },
  voipHeaders: { language: 'de' },
};
const shown = [
  { kind: 'sipuui', key: 'User-To-User', value: '616d;encoding=hex' },
  { kind: 'sipx', key: 'Tier', value: 'gold' },
  { kind: 'sipx', key: 'X-Region', value: 'eu' },
  { kind: 'voip', key: 'language', value: 'de' },
];

test('the headers of a caller are shown on the incoming call and on the call, and can be handed on as they are', async () => {
  const { incomingCallId, ...incoming } = await dialIn(board, { to: callerId, customContext: brought });
  expect(incoming.customContext).toEqual(shown);
  const another = await dialIn(board, { to: callerId, customContext: brought });
  const since = await lastEntry(board);
  const path = `incoming-calls/${another.incomingCallId}/redirect`;
  expect((await board.api('POST', path, { target: user, customContext: another.customContext })).status).toBe(200);
  const [{ body } = { body: {} }] = await requestsSince(board, since);
  expect(body.customCallingContext).toEqual({
    sipHeaders: { 'User-To-User': '616d;encoding=hex', 'X-MS-Custom-Tier': 'gold', 'X-Region': 'eu' },
    voipHeaders: { language: 'de' },
  });
  await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  expect((await board.api('GET', `calls/${incomingCallId}`)).body.customContext).toEqual(shown);
  expect((await board.api('GET', `calls/${await connectedCall(board.api)}`)).body.customContext).toBeUndefined();
});

test('a rule takes a header under each spelling of its name', async () => {
  const to = '+14255550108';
  const names = {
    'user-to-user': '616d;encoding=hex',
    UserToUser: '616d;encoding=hex',
    tier: 'gold',
    'x-ms-TIER': 'gold',
  };
  for (const [key, value] of Object.entries(names)) {
    const rule = { priority: 1, match: { to, header: { key, value } }, action: { kind: 'leave' } };
    await board.api('PUT', 'routing-rules/tier', rule);
    expect(await dialIn(board, { to, customContext: brought }), key).toMatchObject({ ruleId: 'tier' });
  }
  await board.api('DELETE', 'routing-rules/tier');
});
