/** CallAutomationClient: calls that ring at the application, and calls that are there already. */

import { expect } from 'vitest';
import { APP_NUMBER, USER } from '../stage.ts';
import { callNotFound, connected, type Expected, invalidArgument, phone, type Row, type Scene, user } from './row.ts';

const CAROL = '+14255550133';
const ROOM = '99445276259151407';
const GROUP = '4b7d1f3e-8d4f-4c67-9a5c-1f6a0f7f2c11';

/** Carol dials in; the context of her call. */
async function incomingContext({ stage, grid }: Scene): Promise<string> {
  await stage.emulator.control.post('incoming-calls', { from: CAROL, to: APP_NUMBER });
  await stage.advance(0);
  return (await grid.next('IncomingCall')).event.data.incomingCallContext;
}

/** The context of a call that was turned away. */
async function usedContext(scene: Scene): Promise<string> {
  const context = await incomingContext(scene);
  await scene.client.rejectCall(context);
  await scene.stage.advance(0);
  return context;
}

const incoming: readonly Row[] = [
  {
    method: 'CallAutomationClient.answerCall',
    title: 'takes the call, whose state is unknown until its event comes',
    given: incomingContext,
    call: ({ client, stage, options }, context) => client.answerCall(context, stage.callback, options),
    answer: {
      callConnectionProperties: {
        callConnectionState: 'unknown',
        serverCallId: expect.any(String),
        source: phone(CAROL),
        targetParticipants: [phone(APP_NUMBER)],
        answeredFor: phone(APP_NUMBER),
      },
    },
    events: [
      connected[0] as Expected,
      ['ParticipantsUpdated', { participants: [{ identifier: { rawId: `4:${CAROL}` } }] }],
    ],
  },
  {
    method: 'CallAutomationClient.answerCall',
    title: 'fails when the caller hangs up at that moment',
    given: incomingContext,
    async call({ client, stage, options }, context) {
      await client.answerCall(context, stage.callback, options);
      const { ringing } = (await stage.emulator.control.get('ringing')) as { ringing: { ringingId: string }[] };
      await stage.emulator.control.post(`ringing/${ringing[0]?.ringingId}/hang-up`);
    },
    events: [['AnswerFailed', { operationContext: 'mine', resultInformation: { code: 487, subCode: 540487 } }]],
  },
  {
    method: 'CallAutomationClient.answerCall',
    title: 'fails when a fault lets it, after ACS took the request',
    async given(scene) {
      const fail = { code: 500, subCode: 8587, message: 'The incoming call was not answered in time.' };
      await scene.stage.emulator.control.post('faults', { match: 'answerCall', do: { fail } });
      return incomingContext(scene);
    },
    call: ({ client, stage, options }, context) => client.answerCall(context, stage.callback, options),
    events: [['AnswerFailed', { operationContext: 'mine', resultInformation: { code: 500, subCode: 8587 } }]],
  },
  {
    method: 'CallAutomationClient.redirectCall',
    title: 'lets the call ring at another target, with a new IncomingCall event',
    given: incomingContext,
    call: ({ client }, context) => client.redirectCall(context, { targetParticipant: user(USER) }),
    grid: [['IncomingCall', { to: { rawId: USER }, from: { rawId: `4:${CAROL}` } }]],
  },
  {
    method: 'CallAutomationClient.redirectCall',
    title: 'is refused when the target is no number',
    given: incomingContext,
    call: ({ client }, context) =>
      client.redirectCall(context, { targetParticipant: phone('425'), sourceCallIdNumber: phone(APP_NUMBER) }),
    refused: invalidArgument,
  },
  {
    method: 'CallAutomationClient.rejectCall',
    title: 'turns the call away without an event',
    given: incomingContext,
    call: ({ client }, context) => client.rejectCall(context, { callRejectReason: 'forbidden' }),
    grid: [],
  },
  {
    method: 'CallAutomationClient.rejectCall',
    title: 'is refused for a reason that ACS does not know',
    given: incomingContext,
    call: ({ client }, context) => client.rejectCall(context, { callRejectReason: 'asleep' }),
    refused: invalidArgument,
  },
  ...(['answerCall', 'redirectCall', 'rejectCall'] as const).map(
    (name): Row => ({
      method: `CallAutomationClient.${name}`,
      title: 'is refused when the context has been used',
      given: usedContext,
      call: ({ client, stage }, context) =>
        ({
          answerCall: () => client.answerCall(context, stage.callback),
          redirectCall: () => client.redirectCall(context, { targetParticipant: user(USER) }),
          rejectCall: () => client.rejectCall(context),
        })[name](),
      refused: callNotFound,
    }),
  ),
];

const connect: readonly Row[] = [
  {
    method: 'CallAutomationClient.connectCall',
    title: 'takes hold of a call by its server call id',
    given: async ({ connection }) => (await connection.getCallConnectionProperties()).serverCallId ?? '',
    call: ({ client, stage, options }, id) =>
      client.connectCall({ kind: 'serverCallLocator', id }, stage.callback, options),
    answer: { callConnectionProperties: { callConnectionState: 'unknown' } },
    // The application that called Anna hears of the list as well.
    events: [...connected, ['ParticipantsUpdated']],
  },
  {
    method: 'CallAutomationClient.connectCall',
    title: 'takes hold of a room call',
    async given({ stage }) {
      await stage.emulator.control.put(`rooms/${ROOM}`, { pstnDialOutEnabled: true });
      await stage.emulator.control.post(`rooms/${ROOM}/join`, { party: USER });
      return ROOM;
    },
    call: ({ client, stage, options }, id) =>
      client.connectCall({ kind: 'roomCallLocator', id }, stage.callback, options),
    events: connected,
  },
  {
    method: 'CallAutomationClient.connectCall',
    title: 'takes hold of a group call',
    call: ({ client, stage, options }) =>
      client.connectCall({ kind: 'groupCallLocator', id: GROUP }, stage.callback, options),
    events: connected,
  },
  ...(['serverCallLocator', 'roomCallLocator'] as const).map(
    (kind): Row => ({
      method: 'CallAutomationClient.connectCall',
      title: `fails with 404/8522 when the ${kind} leads nowhere`,
      call: ({ client, stage, options }) => client.connectCall({ kind, id: 'nowhere' }, stage.callback, options),
      events: [['ConnectFailed', { operationContext: 'mine', resultInformation: { code: 404, subCode: 8522 } }]],
    }),
  ),
  {
    method: 'CallAutomationClient.connectCall',
    title: 'is refused when the locator is empty',
    call: ({ client, stage }) => client.connectCall({ kind: 'groupCallLocator', id: '' }, stage.callback),
    refused: invalidArgument,
  },
];

export const clientMethods: readonly Row[] = [...incoming, ...connect];
