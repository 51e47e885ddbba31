/** CallConnection: people who change from one call to another. */

import { ANNA, APP_NUMBER, BOB, USER } from '../stage.ts';
import { callNotFound, type Expected, phone, type Row, type Scene, user } from './row.ts';

const CAROL = '+14255550133';
const anna = { rawId: `4:${ANNA}` };
const bob = { rawId: `4:${BOB}` };
const carol = { rawId: `4:${CAROL}` };

const failed = (subCode: number): readonly Expected[] => [
  ['CallTransferFailed', { operationContext: 'mine', resultInformation: { subCode } }],
];

const transfer: readonly Row[] = [
  {
    method: 'CallConnection.transferCallToParticipant',
    title: 'lets a call of two go',
    call: ({ connection, options }) => connection.transferCallToParticipant(phone(BOB), options),
    answer: { operationContext: 'mine' },
    afterMs: 200,
    events: [
      ['CallTransferAccepted', { operationContext: 'mine', transferTarget: bob, transferee: anna }],
      ['CallDisconnected', { operationContext: 'created', resultInformation: { code: 200, subCode: 7015 } }],
    ],
  },
  {
    method: 'CallConnection.transferCallToParticipant',
    title: 'takes the transferee out of a group',
    also: [USER],
    call: ({ connection, options }) =>
      connection.transferCallToParticipant(phone(BOB), { ...options, transferee: phone(ANNA) }),
    afterMs: 200,
    events: [
      ['CallTransferAccepted', { transferee: anna }],
      ['ParticipantsUpdated', { participants: [{ identifier: { rawId: USER } }] }],
    ],
  },
  {
    method: 'CallConnection.transferCallToParticipant',
    title: 'fails with 8505 in a group when no transferee is named',
    also: [USER],
    call: ({ connection, options }) => connection.transferCallToParticipant(phone(BOB), options),
    events: failed(8505),
  },
  {
    method: 'CallConnection.transferCallToParticipant',
    title: 'fails with 8558 for an absent participant',
    call: ({ connection, options }) =>
      connection.transferCallToParticipant(phone(BOB), { ...options, transferee: user(USER) }),
    events: failed(8558),
  },
  ...(
    [
      ['decline', 8538, 200],
      ['busy', 8539, 200],
      ['unreachable', 8544, 200],
      ['noAnswer', 8541, 60_000],
    ] as const
  ).map(
    ([onRing, subCode, afterMs]): Row => ({
      method: 'CallConnection.transferCallToParticipant',
      title: `fails with ${subCode} when the answer is ${onRing}, and the call goes on`,
      parties: { [BOB]: { onRing } },
      call: ({ connection, options }) => connection.transferCallToParticipant(phone(BOB), options),
      afterMs,
      events: failed(subCode),
    }),
  ),
];

/** A second call, to Carol; the connection id by which she is moved. */
async function carolsCall({ client, stage }: Scene): Promise<string> {
  const { callConnectionProperties } = await client.createCall(
    { targetParticipant: phone(CAROL), sourceCallIdNumber: phone(APP_NUMBER) },
    stage.callback,
    { operationContext: 'from' },
  );
  await stage.advance(200);
  return callConnectionProperties.callConnectionId ?? '';
}

const move: readonly Row[] = [
  {
    method: 'CallConnection.moveParticipants',
    title: 'moves a participant, and ends the call they were alone in',
    given: carolsCall,
    call: ({ connection, options }, fromCall) => connection.moveParticipants([phone(CAROL)], fromCall, options),
    answer: { operationContext: 'mine', participants: [{ identifier: phone(CAROL) }] },
    events: [
      ['MoveParticipantSucceeded', { operationContext: 'mine', participant: carol }],
      ['CallDisconnected', { operationContext: 'from' }],
      ['ParticipantsUpdated', { participants: [{ identifier: anna }, { identifier: carol }] }],
    ],
  },
  {
    method: 'CallConnection.moveParticipants',
    title: 'fails with 8558 for those who are not there',
    given: carolsCall,
    call: ({ connection, options }, fromCall) => connection.moveParticipants([phone(BOB)], fromCall, options),
    events: [
      ['MoveParticipantFailed', { operationContext: 'mine', participant: bob, resultInformation: { subCode: 8558 } }],
      ['ParticipantsUpdated'],
    ],
  },
  {
    method: 'CallConnection.moveParticipants',
    title: 'is refused when the other call is unknown',
    call: ({ connection }) => connection.moveParticipants([phone(CAROL)], '00000000-0000-4000-8000-000000000000'),
    refused: callNotFound,
  },
];

export const transferMethods: readonly Row[] = [...transfer, ...move];
