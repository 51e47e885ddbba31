/** The compatibility table, cell by cell: what may be asked for while something else runs for the same participant. */

import type { CallConnection } from '@azure/communication-call-automation';
import { expect, test } from 'vitest';
import { onMediaStage } from '../media-stage.ts';
import { ANNA, BOB, refusalOf, who } from '../stage.ts';

const stage = onMediaStage();

type Operation = 'playToAll' | 'recognizeNonGroup' | 'playTo' | 'recognizeGroup' | 'sendDtmf' | 'continuousDtmf';

/** Asks for an operation that runs on for a long time. */
const ask: Record<Operation, (connection: CallConnection) => Promise<unknown>> = {
  playToAll: (connection) => connection.getCallMedia().playToAll([stage.file('100.wav')], { loop: true }),
  recognizeNonGroup: recognize,
  playTo: (connection) => connection.getCallMedia().play([stage.file('100.wav')], [who(ANNA)], { loop: true }),
  recognizeGroup: recognize,
  sendDtmf: (connection) => connection.getCallMedia().sendDtmfTones(new Array(18).fill('one'), who(ANNA)),
  continuousDtmf: (connection) => connection.getCallMedia().startContinuousDtmfRecognition(who(ANNA)),
};

function recognize(connection: CallConnection): Promise<unknown> {
  const kind = 'callMediaRecognizeDtmfOptions';
  return connection.getCallMedia().startRecognizing(who(ANNA), { kind, initialSilenceTimeoutInSeconds: 60 });
}

/** Rows as they are documented: the operation that runs, its leg, and which of the others are allowed. */
const TABLE: readonly (readonly [Operation, 'main' | 'sub', readonly Operation[]])[] = [
  ['playToAll', 'main', ['playToAll', 'recognizeNonGroup', 'playTo', 'recognizeGroup', 'sendDtmf', 'continuousDtmf']],
  [
    'recognizeNonGroup',
    'main',
    ['playToAll', 'recognizeNonGroup', 'playTo', 'recognizeGroup', 'sendDtmf', 'continuousDtmf'],
  ],
  ['playTo', 'sub', ['playToAll', 'recognizeNonGroup']],
  ['recognizeGroup', 'sub', ['playToAll', 'recognizeNonGroup']],
  ['sendDtmf', 'sub', ['playToAll', 'recognizeNonGroup']],
  [
    'continuousDtmf',
    'sub',
    ['playToAll', 'recognizeNonGroup', 'playTo', 'recognizeGroup', 'sendDtmf', 'continuousDtmf'],
  ],
];

const legs = new Map(TABLE.map(([operation, leg]) => [operation, leg]));
const cells = TABLE.flatMap(([existing, , allowed]) =>
  TABLE.map(([wanted]) => ({ existing, wanted, isAllowed: allowed.includes(wanted) })),
);

/** Lets Bob come or go, so that a recognize is one of a group call or of a call of two. */
async function arrange(connection: CallConnection, operation: Operation): Promise<void> {
  const isThere = (await connection.listParticipants()).values?.length === 2;
  if (operation === 'recognizeGroup' && !isThere) {
    await stage.joined(connection, BOB);
  }
  if (operation === 'recognizeNonGroup' && isThere) {
    await connection.removeParticipant(who(BOB));
    await stage.advance(0);
  }
}

test.for(cells)('$wanted during $existing: allowed $isAllowed', async ({ existing, wanted, isAllowed }) => {
  const connection = await stage.connected();
  await arrange(connection, existing);
  await ask[existing](connection);
  await stage.advance(0);
  await arrange(connection, wanted);
  const asked = ask[wanted](connection);

  if (!isAllowed) {
    expect(await refusalOf(asked)).toMatchObject({ status: 412, code: '8583' });
    expect(await mediaQueue(connection)).toMatchObject([{ operation: existing, state: 'running' }]);
    return;
  }
  await asked;
  const isQueued = legs.get(existing) === 'main' && legs.get(wanted) === 'main';
  // A participant's tones are collected once, however often that is asked for.
  const isSame = existing === 'continuousDtmf' && wanted === 'continuousDtmf';
  expect(await mediaQueue(connection)).toMatchObject([
    { operation: existing, leg: legs.get(existing), state: 'running' },
    ...(isSame ? [] : [{ operation: wanted, leg: legs.get(wanted), state: isQueued ? 'queued' : 'running' }]),
  ]);
});

async function mediaQueue(connection: CallConnection): Promise<unknown> {
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const { mediaQueue } = (await stage.emulator.control.get(`calls/${callConnectionId}`)) as { mediaQueue: unknown };
  return mediaQueue;
}

test('sub legs are kept apart by participant', async () => {
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await ask.playTo(connection);
  const media = connection.getCallMedia();
  await media.play([stage.file('10.wav')], [who(BOB)]);
  await stage.advance(10);

  expect(stage.app.kinds()).toContain('PlayCompleted');
  expect(await refusalOf(media.play([stage.file('10.wav')], [who(BOB), who(ANNA)]))).toMatchObject({
    status: 412,
  });
});

test.for([
  ['that called several people', () => stage.client.createGroupCall([who(ANNA), who(BOB)], stage.callback, group)],
  ['in a room', () => connect('roomCallLocator')],
  ['with a group id', () => connect('groupCallLocator')],
] as const)('a call %s is a group call, even with one person left in it', async ([, open]) => {
  await stage.emulator.control.put(`parties/${BOB}`, { onRing: 'decline' });
  const { callConnection } = await open();
  await stage.advance(200);
  await recognize(callConnection);

  expect(await refusalOf(ask.playTo(callConnection))).toMatchObject({ status: 412, code: '8583' });
});

const group = { sourceCallIdNumber: { phoneNumber: '+14255550100' } };

async function connect(kind: 'roomCallLocator' | 'groupCallLocator') {
  const id = '99000000000000001';
  await stage.emulator.control.put(`rooms/${id}`, {});
  await stage.emulator.control.post(`${kind === 'roomCallLocator' ? 'rooms' : 'groups'}/${id}/join`, { party: ANNA });
  return await stage.client.connectCall({ kind, id }, stage.callback);
}
