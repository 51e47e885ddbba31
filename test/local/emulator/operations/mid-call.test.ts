/** Each mid-call method of the real SDK: what it answers, which events follow in which order, what they say. */

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
  for (const { kind, event } of stage.app.arrivals) {
    expect(parseCallAutomationEvent(event as never)).toMatchObject({ kind });
  }
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
  for (const [id, script] of Object.entries(parties)) {
    await stage.emulator.control.put(`parties/${id}`, script);
  }
  const connection = await stage.connected();
  for (const id of also) {
    const target = id.startsWith('+') ? invite(id) : { targetParticipant: user(id) };
    await connection.addParticipant(target);
    await stage.advance(200);
  }
  stage.app.arrivals.length = 0;

  const answered = await call(connection);
  await stage.advance(afterMs);

  if (answer !== undefined) {
    expect(answered).toMatchObject(answer);
  }
  expect(stage.app.kinds()).toEqual(events.map(([kind]) => kind));
  for (const [index, [, says = {}]] of events.entries()) {
    expect(stage.app.arrivals[index]?.event.data).toMatchObject(says);
  }
});
