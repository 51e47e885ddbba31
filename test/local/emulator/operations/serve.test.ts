/** What the operations refuse, with ACS's status and code; and what the emulator does not speak. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, refusalOf, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const CALLS = '/calling/callConnections';
const user = { communicationUser: { id: USER } };
const callbackUri = 'https://app.example/callbacks';

interface AcsBody {
  error: { code: string; message: string };
}

test.for([
  ['createCall without targets', CALLS, { callbackUri }, /targets/],
  ['createCall with no target', CALLS, { callbackUri, targets: [] }, /targets/],
  ['createCall without a callback', CALLS, { targets: [user] }, /callbackUri/],
  ['createCall with a relative callback', CALLS, { targets: [user], callbackUri: '/callbacks' }, /callbackUri/],
  ['createCall with a wrong type', CALLS, { targets: 'Anna', callbackUri }, /targets/],
  [
    'createCall with a number that is not E.164',
    CALLS,
    { targets: [{ phoneNumber: { value: '555' } }], callbackUri },
    /targets\[0\]/,
  ],
  [
    'createCall with a raw id that is no number',
    CALLS,
    { targets: [{ rawId: '4:anna' }], callbackUri },
    /targets\[0\]/,
  ],
  ['createCall with an unknown kind', CALLS, { targets: [{ ...user, kind: 'robot' }], callbackUri }, /kind must be/],
  ['createCall without a target id', CALLS, { targets: [{}], callbackUri }, /rawId/],
  [
    'createCall with two identities in one',
    CALLS,
    { targets: [{ ...user, phoneNumber: { value: ANNA } }], callbackUri },
    /targets\[0\]/,
  ],
  [
    'createCall with a kind that does not match',
    CALLS,
    { targets: [{ ...user, kind: 'phoneNumber' }], callbackUri },
    /targets\[0\]/,
  ],
  [
    'createCall to a phone without a caller id',
    CALLS,
    { targets: [{ rawId: `4:${ANNA}` }], callbackUri },
    /sourceCallerIdNumber/,
  ],
  ['answerCall without a context', `${CALLS}:answer`, { callbackUri }, /incomingCallContext/],
  [
    'rejectCall with an unknown reason',
    `${CALLS}:reject`,
    { incomingCallContext: 'x', callRejectReason: 'tired' },
    /none, busy, forbidden/,
  ],
  [
    'connect with two locators',
    `${CALLS}:connect`,
    { callbackUri, callLocator: { roomId: '1', groupCallId: '2' } },
    /callLocator/,
  ],
] as const)('%s is 400/8523 and names the field', async ([, path, body, message]) => {
  const response = await stage.send('POST', `${path}?api-version=2026-03-12`, body);

  expect(response.status).toBe(400);
  const { error } = (await response.json()) as AcsBody;
  expect(error.code).toBe('8523');
  expect(error.message).toMatch(message);
});

test('a caller id must be owned once numbers are set', async () => {
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER] });
  const target = { phoneNumber: ANNA };
  const call = (number: string) =>
    stage.client.createCall({ targetParticipant: target, sourceCallIdNumber: { phoneNumber: number } }, stage.callback);

  expect(await refusalOf(call(BOB))).toMatchObject({ status: 400, code: '8523' });
  await expect(call(APP_NUMBER)).resolves.toBeDefined();
});

test('enums are read in any case and unknown fields are accepted', async () => {
  const kinds = ['CommunicationUser', 'COMMUNICATIONUSER'];
  for (const kind of kinds) {
    const body = { targets: [{ ...user, kind, surprise: 1 }], callbackUri, surprise: true };
    expect((await stage.send('POST', CALLS, body)).status).toBe(201);
  }
});

test('mid-call operations are 400/8501 until the call is established', async () => {
  const { callConnection } = await stage.client.createCall(
    { targetParticipant: { communicationUserId: USER } },
    stage.callback,
  );

  const refusal = await refusalOf(callConnection.addParticipant({ targetParticipant: { communicationUserId: USER } }));

  expect(refusal).toMatchObject({ status: 400, code: '8501' });
});

test.for([
  ['a phone', { phoneNumber: ANNA }, { status: 400, code: '8523' }],
  ['a user who is absent', { communicationUserId: USER }, { status: 404, code: '8522' }],
] as const)('muting %s is refused', async ([, target, refusal]) => {
  const connection = await stage.connected();

  expect(await refusalOf(connection.muteParticipant(target))).toMatchObject(refusal);
});

test('muting two at once is refused', async () => {
  const connection = await stage.connected();
  const { callConnectionId } = await connection.getCallConnectionProperties();

  const response = await stage.send('POST', `${CALLS}/${callConnectionId}/participants:mute`, {
    targetParticipants: [user, user],
  });

  expect(response.status).toBe(400);
});

test('an invitation timeout over 180 seconds is refused', async () => {
  const connection = await stage.connected();
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const body = { participantToAdd: user, invitationTimeoutInSeconds: 181 };

  const response = await stage.send('POST', `${CALLS}/${callConnectionId}/participants:add`, body);

  expect(response.status).toBe(400);
});

test('every operation on an unknown or ended call is 404/8522', async () => {
  const connection = await stage.connected();
  await connection.hangUp(true);
  const anna = { phoneNumber: ANNA };
  const attempts = [
    () => connection.getCallConnectionProperties(),
    () => connection.hangUp(true),
    () => connection.hangUp(false),
    () => connection.listParticipants(),
    () => connection.getParticipant(anna),
    () => connection.addParticipant({ targetParticipant: { communicationUserId: USER } }),
    () => connection.removeParticipant(anna),
    () => connection.muteParticipant({ communicationUserId: USER }),
    () => connection.cancelAddParticipantOperation('any'),
    () => connection.transferCallToParticipant(anna),
    () => connection.moveParticipants([anna], 'any'),
  ];

  for (const attempt of attempts) {
    expect(await refusalOf(attempt())).toEqual({ status: 404, code: '8522', message: 'Call not found.' });
  }
});

test.for([
  ['POST', `${CALLS}/x:somethingNew`],
  ['PUT', CALLS],
  ['PUT', '/calling/recordings'],
  ['GET', '/nowhere'],
] as const)('%s %s is 501 and is named', async ([method, path]) => {
  const response = await stage.send(method, `${path}?api-version=1`);

  expect(response.status).toBe(501);
  expect(((await response.json()) as AcsBody).error.message).toContain(`${method} ${path}`);
});

test('the api-version of the request comes back with the events', async () => {
  await stage.send('POST', `${CALLS}?api-version=2024-09-01-preview`, { targets: [user], callbackUri: stage.callback });
  await stage.advance(200);

  expect(stage.app.arrivals.map(({ event }) => event.data.version)).toEqual([
    '2024-09-01-preview',
    '2024-09-01-preview',
  ]);
});

test('answers carry the chain id, the client request id and, mid-call only, Repeatability-Result', async () => {
  const ids = { 'x-ms-client-request-id': 'abc', 'repeatability-request-id': '6f1c0f9a-2f57-4b53-9d0c-5a6f1c0f9a11' };
  const created = await stage.send('POST', CALLS, { targets: [user], callbackUri: stage.callback }, ids);
  const { callConnectionId, correlationId } = (await created.json()) as Record<string, string>;
  await stage.advance(200);
  const added = await stage.send(
    'POST',
    `${CALLS}/${callConnectionId}/participants:add`,
    { participantToAdd: user },
    ids,
  );

  expect(created.headers.get('x-microsoft-skype-chain-id')).toBe(correlationId);
  expect(created.headers.get('x-ms-client-request-id')).toBe('abc');
  expect(created.headers.has('repeatability-result')).toBe(false);
  expect(added.headers.get('x-microsoft-skype-chain-id')).toBe(correlationId);
  expect(added.headers.get('repeatability-result')).toBe('accepted');
});
