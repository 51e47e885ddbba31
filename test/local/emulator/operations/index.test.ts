/** Each call-control method of the real SDK: what it answers, which events follow in which order, what they say. */

import { type CallConnection, parseCallAutomationEvent } from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, BOB, OURS, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterEach(() => {
  // Whatever was sent, the SDK's own parser must understand.
  for (const { kind, event } of stage.app.arrivals)
    expect(parseCallAutomationEvent(event as never)).toMatchObject({ kind });
});
afterAll(() => stage.close());

const phone = (phoneNumber: string) => ({ phoneNumber });
const user = (communicationUserId: string) => ({ communicationUserId });
const invite = (number: string) => ({ targetParticipant: phone(number), sourceCallIdNumber: phone(OURS) });
const context = { operationContext: 'mine' };

const OK = { code: 200, subCode: 0 };
const ENDED = { code: 200, subCode: 7000 };

interface Case {
  readonly title: string;
  /** Scripts of parties. */
  readonly parties?: Record<string, object>;
  /** People in the call beside Anna before the method is called. */
  readonly also?: readonly string[];
  readonly call: (connection: CallConnection) => Promise<unknown>;
  readonly answer?: object;
  readonly afterMs?: number;
  /** Kinds in order, with what the event must say. */
  readonly events: readonly (readonly [kind: string, says?: object])[];
}

const add = (connection: CallConnection, number = BOB) => connection.addParticipant(invite(number), context);

const midCall: readonly Case[] = [
  {
    title: 'addParticipant brings a phone in',
    call: (connection) => add(connection),
    answer: { operationContext: 'mine', participant: { identifier: { phoneNumber: BOB }, isMuted: false } },
    afterMs: 200,
    events: [
      [
        'AddParticipantSucceeded',
        { operationContext: 'mine', participant: { rawId: `4:${BOB}` }, resultInformation: OK },
      ],
      [
        'ParticipantsUpdated',
        { participants: [{ identifier: { rawId: `4:${ANNA}` } }, { identifier: { rawId: `4:${BOB}` } }] },
      ],
    ],
  },
  {
    title: 'addParticipant of a user needs no caller id',
    call: (connection) => connection.addParticipant({ targetParticipant: user(USER) }),
    afterMs: 200,
    events: [['AddParticipantSucceeded', { participant: { rawId: USER } }], ['ParticipantsUpdated']],
  },
  ...(
    [
      ['decline', 8538],
      ['busy', 8539],
      ['unreachable', 8544],
    ] as const
  ).map(([onRing, subCode]) => ({
    title: `addParticipant fails with ${subCode} when the party's answer is ${onRing}`,
    parties: { [BOB]: { onRing } },
    call: (connection: CallConnection) => add(connection),
    afterMs: 200,
    events: [['AddParticipantFailed', { participant: { rawId: `4:${BOB}` }, resultInformation: { subCode } }]] as const,
  })),
  {
    title: 'addParticipant fails with 8541 when the invitation times out',
    parties: { [BOB]: { onRing: 'noAnswer' } },
    call: (connection) => connection.addParticipant(invite(BOB), { invitationTimeoutInSeconds: 5 }),
    afterMs: 5000,
    events: [['AddParticipantFailed', { resultInformation: { subCode: 8541 } }]],
  },
  {
    title: 'addParticipant takes a voicemail for an answer',
    parties: { [BOB]: { onRing: 'voicemail' } },
    call: (connection) => add(connection),
    afterMs: 200,
    events: [['AddParticipantSucceeded'], ['ParticipantsUpdated']],
  },
  {
    title: 'cancelAddParticipantOperation ends the invitation with 8542',
    parties: { [BOB]: { afterMs: 5000 } },
    call: async (connection) => {
      const { invitationId = '' } = await add(connection);
      return connection.cancelAddParticipantOperation(invitationId, { operationContext: 'cancel' });
    },
    answer: { operationContext: 'cancel' },
    afterMs: 10_000,
    events: [
      ['CancelAddParticipantSucceeded', { operationContext: 'cancel', invitationId: expect.any(String) }],
      ['AddParticipantFailed', { operationContext: 'mine', resultInformation: { subCode: 8542 } }],
    ],
  },
  {
    title: 'cancelAddParticipantOperation fails for an invitation that is not pending',
    call: (connection) => connection.cancelAddParticipantOperation('unknown', context),
    events: [['CancelAddParticipantFailed', { operationContext: 'mine', invitationId: 'unknown' }]],
  },
  {
    title: 'removeParticipant leaves the others in the call',
    also: [BOB],
    call: (connection) => connection.removeParticipant(phone(BOB), context),
    answer: { operationContext: 'mine' },
    events: [
      [
        'RemoveParticipantSucceeded',
        { operationContext: 'mine', participant: { rawId: `4:${BOB}` }, resultInformation: OK },
      ],
      ['ParticipantsUpdated', { participants: [{ identifier: { rawId: `4:${ANNA}` } }] }],
    ],
  },
  {
    title: 'removeParticipant of the last one ends the call',
    call: (connection) => connection.removeParticipant(phone(ANNA)),
    events: [['RemoveParticipantSucceeded'], ['CallDisconnected', { operationContext: 'created' }]],
  },
  {
    title: 'removeParticipant of somebody absent is taken and fails with 8558',
    call: (connection) => connection.removeParticipant(phone(BOB), context),
    events: [['RemoveParticipantFailed', { operationContext: 'mine', resultInformation: { subCode: 8558 } }]],
  },
  {
    title: 'muteParticipant mutes a user',
    also: [USER],
    call: (connection) => connection.muteParticipant(user(USER), context),
    answer: { operationContext: 'mine' },
    events: [['ParticipantsUpdated', { participants: [{ isMuted: false }, { isMuted: true }] }]],
  },
  {
    title: 'transferCallToParticipant lets a call of two go',
    call: (connection) => connection.transferCallToParticipant(phone(BOB), context),
    answer: { operationContext: 'mine' },
    afterMs: 200,
    events: [
      [
        'CallTransferAccepted',
        { operationContext: 'mine', transferTarget: { rawId: `4:${BOB}` }, transferee: { rawId: `4:${ANNA}` } },
      ],
      ['CallDisconnected', { resultInformation: { code: 200, subCode: 7015 } }],
    ],
  },
  {
    title: 'transferCallToParticipant takes the transferee out of a group',
    also: [USER],
    call: (connection) => connection.transferCallToParticipant(phone(BOB), { ...context, transferee: phone(ANNA) }),
    afterMs: 200,
    events: [
      ['CallTransferAccepted', { transferee: { rawId: `4:${ANNA}` } }],
      ['ParticipantsUpdated', { participants: [{ identifier: { rawId: USER } }] }],
    ],
  },
  {
    title: 'transferCallToParticipant of a group without a transferee fails with 8505',
    also: [USER],
    call: (connection) => connection.transferCallToParticipant(phone(BOB)),
    events: [['CallTransferFailed', { resultInformation: { subCode: 8505 } }]],
  },
  {
    title: 'transferCallToParticipant of somebody absent fails with 8558',
    call: (connection) => connection.transferCallToParticipant(phone(BOB), { transferee: user(USER) }),
    events: [['CallTransferFailed', { resultInformation: { subCode: 8558 } }]],
  },
  {
    title: 'transferCallToParticipant fails after a minute without an answer, and the call goes on',
    parties: { [BOB]: { onRing: 'noAnswer' } },
    call: (connection) => connection.transferCallToParticipant(phone(BOB), context),
    afterMs: 60_000,
    events: [['CallTransferFailed', { operationContext: 'mine', resultInformation: { subCode: 8541 } }]],
  },
  {
    title: 'hangUp(true) ends the call for everyone',
    also: [BOB],
    call: (connection) => connection.hangUp(true),
    events: [['CallDisconnected', { operationContext: 'created', resultInformation: ENDED }]],
  },
  {
    title: 'hangUp(false) ends a call of two',
    call: (connection) => connection.hangUp(false),
    events: [['CallDisconnected', { resultInformation: ENDED }]],
  },
];

test.for(midCall)('$title', async ({ parties = {}, also = [], call, answer, afterMs = 0, events }) => {
  for (const [id, script] of Object.entries(parties)) await stage.emulator.control.put(`parties/${id}`, script);
  const connection = await stage.connected();
  for (const id of also) {
    const target = id.startsWith('+') ? invite(id) : { targetParticipant: user(id) };
    await connection.addParticipant(target);
    await stage.advance(200);
  }
  stage.app.arrivals.length = 0;

  const answered = await call(connection);
  await stage.advance(afterMs);

  if (answer !== undefined) expect(answered).toMatchObject(answer);
  expect(stage.app.kinds()).toEqual(events.map(([kind]) => kind));
  for (const [index, [, says = {}]] of events.entries()) {
    expect(stage.app.arrivals[index]?.event.data).toMatchObject(says);
  }
});

test('createCall answers without a server call id, and the call connects when the phone is answered', async () => {
  const target = { ...invite(ANNA), sourceDisplayName: 'Reception' };
  const { callConnectionProperties } = await stage.client.createCall(target, stage.callback, context);
  await stage.advance(199);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(callConnectionProperties).toMatchObject({
    callConnectionState: 'connecting',
    callbackUri: stage.callback,
    sourceDisplayName: 'Reception',
    targetParticipants: [{ phoneNumber: ANNA }],
    sourceCallerIdNumber: { phoneNumber: OURS },
  });
  expect(callConnectionProperties.serverCallId).toBeUndefined();
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  const [connected, updated] = stage.app.arrivals;
  expect(connected?.event.data).toMatchObject({
    operationContext: 'mine',
    version: '2026-03-12',
    resultInformation: OK,
  });
  expect(updated?.event.data).toMatchObject({
    sequenceNumber: 1,
    participants: [{ identifier: { rawId: `4:${ANNA}` } }],
  });
  expect(updated?.event.data).not.toHaveProperty('operationContext');
});

test('createGroupCall connects with the first answer and lists the second later', async () => {
  await stage.emulator.control.put(`parties/${BOB}`, { afterMs: 1000 });
  const options = { sourceCallIdNumber: phone(OURS) };
  await stage.client.createGroupCall([phone(ANNA), phone(BOB), user(USER)], stage.callback, options);

  await stage.advance(200);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated', 'ParticipantsUpdated']);
  await stage.advance(800);

  expect(stage.app.of('ParticipantsUpdated').at(-1)?.event.data.participants).toHaveLength(3);
});

test.for([
  { who: 'phone', onRing: 'decline', code: 603, subCode: 560603 },
  { who: 'phone', onRing: 'busy', code: 486, subCode: 560486 },
  { who: 'phone', onRing: 'noAnswer', code: 480, subCode: 560480, afterMs: 115_000 },
  { who: 'phone', onRing: 'unreachable', code: 404, subCode: 560404 },
  { who: 'user', onRing: 'decline', code: 200, subCode: 5002 },
  { who: 'user', onRing: 'noAnswer', code: 480, subCode: 560480, afterMs: 85_000 },
])(
  'createCall to a $who whose answer is $onRing fails with $code/$subCode',
  async ({ who, onRing, code, subCode, afterMs = 200 }) => {
    const id = who === 'phone' ? ANNA : USER;
    await stage.emulator.control.put(`parties/${id}`, { onRing });
    const target = who === 'phone' ? invite(ANNA) : { targetParticipant: user(USER) };
    const { callConnection } = await stage.client.createCall(target, stage.callback, context);

    await stage.advance(afterMs - 1);
    expect(stage.app.kinds()).toEqual([]);
    await stage.advance(1);

    expect(stage.app.kinds()).toEqual(['CreateCallFailed', 'CallDisconnected']);
    for (const { event } of stage.app.arrivals) {
      expect(event.data).toMatchObject({ operationContext: 'mine', resultInformation: { code, subCode } });
    }
    await expect(callConnection.getCallConnectionProperties()).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  },
);

test('hangUp(false) leaves a group to talk on, and a server call locator finds it again', async () => {
  const connection = await stage.connected();
  await add(connection);
  await stage.advance(200);
  const { serverCallId = '' } = await connection.getCallConnectionProperties();
  await connection.hangUp(false);
  await stage.advance(0);
  expect(stage.app.kinds().at(-1)).toBe('CallDisconnected');
  stage.app.arrivals.length = 0;

  const locator = { kind: 'serverCallLocator', id: serverCallId } as const;
  const { callConnection, callConnectionProperties } = await stage.client.connectCall(locator, stage.callback);
  await stage.advance(0);

  expect(callConnectionProperties.serverCallId).toBe(serverCallId);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  const { values = [] } = await callConnection.listParticipants();
  expect(values.map(({ identifier }) => identifier)).toMatchObject([{ phoneNumber: ANNA }, { phoneNumber: BOB }]);
});

test('moveParticipants brings somebody over and ends the call they were alone in', async () => {
  const from = await stage.connected(ANNA);
  const to = await stage.connected(BOB);
  const { callConnectionId: fromCall = '' } = await from.getCallConnectionProperties();

  const answer = await to.moveParticipants([phone(ANNA), user(USER)], fromCall, context);
  await stage.advance(0);

  expect(answer).toMatchObject({ operationContext: 'mine', fromCall });
  const here = stage.app.arrivals.filter(({ event }) => event.data.callConnectionId !== fromCall);
  expect(here.map(({ kind }) => kind)).toEqual([
    'MoveParticipantSucceeded',
    'MoveParticipantFailed',
    'ParticipantsUpdated',
  ]);
  expect(here[0]?.event.data).toMatchObject({
    participant: { rawId: `4:${ANNA}` },
    fromCall,
    operationContext: 'mine',
  });
  expect(here[1]?.event.data).toMatchObject({ resultInformation: { subCode: 8558 } });
  expect(here[2]?.event.data.participants).toHaveLength(2);
  const there = stage.app.arrivals.filter(({ event }) => event.data.callConnectionId === fromCall);
  expect(there.map(({ kind }) => kind)).toEqual(['CallDisconnected']);
});

test('a moved party goes on with its script in the new call', async () => {
  await stage.script(ANNA, { waitMs: 5000 }, { hangUp: true });
  const from = await stage.connected(ANNA);
  const to = await stage.connected(BOB);
  const { callConnectionId = '' } = await from.getCallConnectionProperties();
  await to.moveParticipants([phone(ANNA)], callConnectionId);
  await stage.advance(0);

  await stage.advance(5000);

  const { values = [] } = await to.listParticipants();
  expect(values.map(({ identifier }) => identifier)).toMatchObject([{ phoneNumber: BOB }]);
});

test('getParticipant finds one, listParticipants follows the pages of many', async () => {
  const members = Array.from({ length: 64 }, (_, index) => `8:acs:resource_${index}`);
  await stage.client.createGroupCall(members.map(user), stage.callback);
  await stage.advance(200);
  const callConnectionId = stage.app.of('CallConnected')[0]?.event.data.callConnectionId ?? '';
  const connection = stage.client.getCallConnection(callConnectionId);

  const { values = [] } = await connection.listParticipants();
  const one = await connection.getParticipant(user('8:acs:resource_7'));

  expect(values.map(({ identifier }) => identifier)).toEqual(members.map(user));
  expect(one).toMatchObject({ identifier: user('8:acs:resource_7'), isMuted: false });
  await expect(connection.getParticipant(phone(BOB))).rejects.toMatchObject({ statusCode: 404 });
});

test('an event goes to the operation callback byte for byte, and only that one', async () => {
  const connection = await stage.connected();
  const path = '/other/./a%2Fb/../c?x=%41&y=1+2';

  await connection.addParticipant(invite(BOB), { operationCallbackUrl: `${stage.app.url}${path}` });
  await stage.advance(200);

  expect(stage.app.arrivals.map(({ kind, path: to }) => [kind, to])).toEqual([
    ['AddParticipantSucceeded', path],
    ['ParticipantsUpdated', '/callbacks?call=1'],
  ]);
});
