/** CallConnection: who is in a call, and the end of it. */

import { expect } from 'vitest';
import { ANNA, APP_NUMBER, BOB, USER } from '../stage.ts';
import { callNotFound, type Expected, invalidArgument, OK, phone, type Row, type Scene, user } from './row.ts';

const invite = { targetParticipant: phone(BOB), sourceCallIdNumber: phone(APP_NUMBER) };
const anna = { rawId: `4:${ANNA}` };
const bob = { rawId: `4:${BOB}` };
const added: Expected = [
  'AddParticipantSucceeded',
  { operationContext: 'mine', participant: bob, resultInformation: OK },
];
const failed = (kind: string, subCode: number, says: object = {}): Expected => [
  kind,
  { operationContext: 'mine', resultInformation: { subCode }, ...says },
];
const list = (...participants: object[]): Expected => ['ParticipantsUpdated', { participants, resultInformation: OK }];

/** How an invitation may fail. */
const refusals = [
  ['decline', 8538, 200],
  ['busy', 8539, 200],
  ['unreachable', 8544, 200],
] as const;

const add: readonly Row[] = [
  {
    method: 'CallConnection.addParticipant',
    title: 'brings a phone in',
    call: ({ connection, options }) => connection.addParticipant(invite, options),
    answer: {
      operationContext: 'mine',
      invitationId: expect.any(String),
      participant: { identifier: phone(BOB), isMuted: false },
    },
    afterMs: 200,
    events: [added, list({ identifier: anna }, { identifier: bob })],
  },
  {
    method: 'CallConnection.addParticipant',
    title: 'brings a user in without a caller id',
    call: ({ connection }) => connection.addParticipant({ targetParticipant: user(USER) }),
    afterMs: 200,
    events: [['AddParticipantSucceeded', { participant: { rawId: USER } }], ['ParticipantsUpdated']],
    grid: [['CallStarted'], ['CallParticipantAdded', { user: { communicationIdentifier: { rawId: USER } } }]],
  },
  {
    method: 'CallConnection.addParticipant',
    title: 'takes a voicemail for an answer',
    parties: { [BOB]: { onRing: 'voicemail' } },
    call: ({ connection, options }) => connection.addParticipant(invite, options),
    afterMs: 200,
    events: [added, ['ParticipantsUpdated']],
  },
  ...refusals.map(
    ([onRing, subCode, afterMs]): Row => ({
      method: 'CallConnection.addParticipant',
      title: `fails with ${subCode} when the answer is ${onRing}`,
      parties: { [BOB]: { onRing } },
      call: ({ connection, options }) => connection.addParticipant(invite, options),
      afterMs,
      events: [failed('AddParticipantFailed', subCode, { participant: bob }), ['ParticipantsUpdated']],
    }),
  ),
  {
    method: 'CallConnection.addParticipant',
    title: 'fails with 8541 when the invitation times out',
    parties: { [BOB]: { onRing: 'noAnswer' } },
    call: ({ connection, options }) => connection.addParticipant(invite, { ...options, invitationTimeoutInSeconds: 5 }),
    afterMs: 5000,
    events: [failed('AddParticipantFailed', 8541), ['ParticipantsUpdated']],
  },
  {
    method: 'CallConnection.addParticipant',
    title: 'fails with 403/7504 when the room does not allow dial-out',
    async given({ client, stage }) {
      await stage.emulator.control.put('rooms/quiet', { pstnDialOutEnabled: false });
      const { callConnectionProperties } = await client.connectCall(
        { kind: 'roomCallLocator', id: 'quiet' },
        stage.callback,
      );
      await stage.advance(0);
      return callConnectionProperties.callConnectionId ?? '';
    },
    call: ({ client, options }, room) => client.getCallConnection(room).addParticipant(invite, options),
    events: [failed('AddParticipantFailed', 7504, { participant: bob }), ['ParticipantsUpdated']],
  },
  {
    method: 'CallConnection.addParticipant',
    title: 'is refused for a phone without a caller id',
    call: ({ connection }) => connection.addParticipant({ targetParticipant: phone(BOB) } as never),
    refused: invalidArgument,
  },
];

/** An invitation that is still open. */
async function pendingInvitation({ connection, options }: Scene): Promise<string> {
  return (
    (await connection.addParticipant(invite, { operationContext: `${options.operationContext}, invited` }))
      .invitationId ?? ''
  );
}

const cancel: readonly Row[] = [
  {
    method: 'CallConnection.cancelAddParticipantOperation',
    title: 'takes the invitation back, which fails with 8542',
    parties: { [BOB]: { afterMs: 5000 } },
    given: pendingInvitation,
    call: ({ connection, options }, id) => connection.cancelAddParticipantOperation(id, options),
    answer: { operationContext: 'mine', invitationId: expect.any(String) },
    afterMs: 10_000,
    events: [
      [
        'CancelAddParticipantSucceeded',
        { operationContext: 'mine', invitationId: expect.any(String), resultInformation: OK },
      ],
      ['AddParticipantFailed', { operationContext: 'mine, invited', resultInformation: { subCode: 8542 } }],
      ['ParticipantsUpdated'],
    ],
  },
  {
    method: 'CallConnection.cancelAddParticipantOperation',
    title: 'fails for an invitation that is not pending',
    call: ({ connection, options }) => connection.cancelAddParticipantOperation('unknown', options),
    events: [failed('CancelAddParticipantFailed', 8523, { invitationId: 'unknown' })],
  },
];

const remove: readonly Row[] = [
  {
    method: 'CallConnection.removeParticipant',
    title: 'leaves the others in the call',
    also: [BOB],
    call: ({ connection, options }) => connection.removeParticipant(phone(BOB), options),
    answer: { operationContext: 'mine' },
    events: [
      ['RemoveParticipantSucceeded', { operationContext: 'mine', participant: bob, resultInformation: OK }],
      list({ identifier: anna }),
    ],
  },
  {
    method: 'CallConnection.removeParticipant',
    title: 'of the last one ends the call',
    call: ({ connection }) => connection.removeParticipant(phone(ANNA)),
    events: [['RemoveParticipantSucceeded'], ['CallDisconnected', { operationContext: 'created' }]],
  },
  {
    method: 'CallConnection.removeParticipant',
    title: 'of an absent participant is taken, and fails with 8558',
    call: ({ connection, options }) => connection.removeParticipant(phone(BOB), options),
    events: [failed('RemoveParticipantFailed', 8558, { participant: bob }), ['ParticipantsUpdated']],
  },
  {
    method: 'CallConnection.muteParticipant',
    title: 'mutes a user',
    also: [USER],
    call: ({ connection, options }) => connection.muteParticipant(user(USER), options),
    answer: { operationContext: 'mine' },
    events: [list({ isMuted: false }, { isMuted: true })],
  },
  {
    method: 'CallConnection.muteParticipant',
    title: 'is refused for a phone',
    call: ({ connection }) => connection.muteParticipant(phone(ANNA)),
    refused: invalidArgument,
  },
  {
    method: 'CallConnection.muteParticipant',
    title: 'is refused for an absent participant',
    call: ({ connection }) => connection.muteParticipant(user(USER)),
    refused: callNotFound,
  },
];

const hangUp: readonly Row[] = ([true, false] as const).flatMap((isForEveryone): Row[] => [
  {
    method: 'CallConnection.hangUp',
    title: isForEveryone ? 'for everyone ends the call' : 'ends a call of two',
    also: isForEveryone ? [USER] : [],
    call: ({ connection }) => connection.hangUp(isForEveryone),
    events: [['CallDisconnected', { operationContext: 'created', resultInformation: { code: 200, subCode: 7000 } }]],
    grid: isForEveryone ? [['CallParticipantRemoved'], ['CallEnded', { reason: { code: 200, subCode: 7000 } }]] : [],
  },
]);

const leave: Row = {
  method: 'CallConnection.hangUp',
  title: 'leaves a group to itself',
  also: [USER],
  call: ({ connection }) => connection.hangUp(false),
  events: [['CallDisconnected', { operationContext: 'created', resultInformation: { code: 200, subCode: 7000 } }]],
  grid: [],
};

const reads: readonly Row[] = [
  {
    method: 'CallConnection.getCallConnectionProperties',
    title: 'returns the state and the ids',
    call: ({ connection }) => connection.getCallConnectionProperties(),
    answer: {
      callConnectionState: 'connected',
      callConnectionId: expect.any(String),
      serverCallId: expect.any(String),
      correlationId: expect.any(String),
    },
  },
  {
    method: 'CallConnection.listParticipants',
    title: 'returns the participants',
    also: [USER],
    call: ({ connection }) => connection.listParticipants(),
    answer: { values: [{ identifier: phone(ANNA) }, { identifier: user(USER) }] },
  },
  {
    method: 'CallConnection.getParticipant',
    title: 'returns one',
    call: ({ connection }) => connection.getParticipant(phone(ANNA)),
    answer: { identifier: phone(ANNA), isMuted: false, isOnHold: false },
  },
  {
    method: 'CallConnection.getParticipant',
    title: 'is refused for an absent participant',
    call: ({ connection }) => connection.getParticipant(phone(BOB)),
    refused: callNotFound,
  },
];

export const connectionMethods: readonly Row[] = [...add, ...cancel, ...remove, ...hangUp, leave, ...reads];
