/** CallAutomationClient: calls that the application makes. */

import { CallAutomationClient } from '@azure/communication-call-automation';
import { APP_NUMBER, BOB, USER } from '../stage.ts';
import { connected, type Expected, invalidArgument, phone, type Row, user } from './row.ts';

const dialled = { targetParticipant: phone(BOB), sourceCallIdNumber: phone(APP_NUMBER) };

/** What follows when the call is not answered (recorded: both events, with the same result). */
const notTaken = (code: number, subCode: number): readonly Expected[] => [
  ['CreateCallFailed', { operationContext: 'mine', resultInformation: { code, subCode } }],
  ['CallDisconnected', { operationContext: 'mine', resultInformation: { code, subCode } }],
];

export const createMethods: readonly Row[] = [
  {
    method: 'CallAutomationClient.createCall',
    title: 'reaches a phone',
    call: ({ client, stage, options }) =>
      client.createCall({ ...dialled, sourceDisplayName: 'Desk' }, stage.callback, options),
    answer: {
      callConnectionProperties: {
        callConnectionState: 'connecting',
        targetParticipants: [phone(BOB)],
        sourceCallerIdNumber: phone(APP_NUMBER),
        sourceDisplayName: 'Desk',
      },
    },
    afterMs: 200,
    events: connected,
    grid: [],
  },
  {
    method: 'CallAutomationClient.createCall',
    title: 'reaches a user, who needs no caller id',
    call: ({ client, stage, options }) => client.createCall({ targetParticipant: user(USER) }, stage.callback, options),
    afterMs: 200,
    events: connected,
    grid: [['CallStarted', { startedBy: { communicationIdentifier: { rawId: USER } } }], ['CallParticipantAdded']],
  },
  ...(
    [
      [BOB, 'decline', 603, 560603, 200],
      [BOB, 'busy', 486, 560486, 200],
      [BOB, 'unreachable', 404, 560404, 200],
      [BOB, 'invalidNumber', 484, 560484, 200],
      [BOB, 'noAnswer', 480, 560480, 115_000],
      [USER, 'decline', 200, 5002, 200],
      [USER, 'busy', 486, 560486, 200],
      [USER, 'unreachable', 408, 10057, 200],
      [USER, 'noAnswer', 480, 560480, 85_000],
    ] as const
  ).map(
    ([id, onRing, code, subCode, afterMs]): Row => ({
      method: 'CallAutomationClient.createCall',
      title: `fails with ${code}/${subCode} when the answer of ${id === USER ? 'a user' : 'a phone'} is ${onRing}`,
      parties: { [id]: { onRing } },
      call: ({ client, stage, options }) =>
        client.createCall(id === USER ? { targetParticipant: user(id) } : dialled, stage.callback, options),
      afterMs,
      events: notTaken(code, subCode),
    }),
  ),
  {
    method: 'CallAutomationClient.createCall',
    title: 'is refused for a phone without a caller id',
    call: ({ client, stage }) => client.createCall({ targetParticipant: phone(BOB) } as never, stage.callback),
    refused: invalidArgument,
  },
  {
    method: 'CallAutomationClient.createCall',
    title: 'is refused with a caller id that the resource does not own',
    given: async ({ stage }) => String(await stage.emulator.control.put('numbers', { numbers: ['+14255550133'] })),
    call: ({ client, stage }) => client.createCall(dialled, stage.callback),
    refused: invalidArgument,
  },
  {
    method: 'CallAutomationClient.createCall',
    title: 'is refused when another identity than a user of ACS is to call',
    call({ stage }) {
      const options = { allowInsecureConnection: true, sourceIdentity: user('8:orgid:other') };
      return new CallAutomationClient(stage.emulator.connectionString, options).createCall(dialled, stage.callback);
    },
    refused: { statusCode: 403, code: '7507' },
  },
  {
    method: 'CallAutomationClient.createCall',
    title: 'is refused when the callback is no URL',
    call: ({ client }) => client.createCall(dialled, 'callbacks'),
    refused: invalidArgument,
  },
  {
    method: 'CallAutomationClient.createGroupCall',
    title: 'connects when the first answers',
    parties: { [BOB]: { afterMs: 5000 } },
    call: ({ client, stage, options }) =>
      client.createGroupCall([phone(BOB), user(USER)], stage.callback, {
        ...options,
        sourceCallIdNumber: phone(APP_NUMBER),
      }),
    answer: { callConnectionProperties: { targetParticipants: [phone(BOB), user(USER)] } },
    afterMs: 5000,
    events: [...connected, ['ParticipantsUpdated', { participants: [{}, {}] }]],
  },
  {
    method: 'CallAutomationClient.createGroupCall',
    title: 'fails when no target is left to answer',
    parties: { [BOB]: { onRing: 'busy', afterMs: 1000 }, [USER]: { onRing: 'decline' } },
    call: ({ client, stage, options }) =>
      client.createGroupCall([phone(BOB), user(USER)], stage.callback, {
        ...options,
        sourceCallIdNumber: phone(APP_NUMBER),
      }),
    afterMs: 1000,
    events: notTaken(486, 560486),
  },
  {
    method: 'CallAutomationClient.createGroupCall',
    title: 'is refused without a target',
    call: ({ client, stage }) => client.createGroupCall([], stage.callback),
    refused: invalidArgument,
  },
];
