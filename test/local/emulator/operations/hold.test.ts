/** hold and unhold: what the list of participants says, with music and without. */

import type { CallConnection } from '@azure/communication-call-automation';
import { expect, test } from 'vitest';
import { onMediaStage, text, under } from '../media-stage.ts';
import { ANNA, BOB, refusalOf, USER, who } from '../stage.ts';

const stage = onMediaStage();

/** The kinds that have arrived; for the list of participants, who is on hold. */
const reported = () =>
  stage.app.arrivals.map(({ kind, event: { data } }) =>
    kind === 'ParticipantsUpdated' ? (data.participants as { isOnHold: boolean }[]).map((each) => each.isOnHold) : kind,
  );

async function music(connection: CallConnection): Promise<object[]> {
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const { mediaQueue } = (await stage.emulator.control.get(`calls/${callConnectionId}`)) as {
    mediaQueue: { operation: string; state: string }[];
  };
  return mediaQueue.filter(({ operation }) => operation === 'holdMusic');
}

test('a hold and its end are seen in the list of participants, and nowhere else', async () => {
  const connection = await stage.connected();
  await stage.joined(connection, USER);
  await connection.getCallMedia().hold(who(ANNA), under('mine'));
  await stage.advance(1000);
  expect(reported()).toEqual([[true, false]]);
  expect(await connection.getParticipant(who(ANNA))).toMatchObject({ isOnHold: true });
  await connection.getCallMedia().unhold(who(ANNA), under('mine'));
  await stage.advance(1000);

  expect(reported()).toEqual([
    [true, false],
    [false, false],
  ]);
});

test('music plays over and over until the hold ends', async () => {
  const connection = await stage.connected();
  await connection.getCallMedia().hold(who(ANNA), { playSource: stage.file('1000.wav') });
  await stage.advance(3_600_000);
  expect(await music(connection)).toMatchObject([{ participants: [ANNA], leg: 'sub', state: 'running' }]);
  await connection.getCallMedia().unhold(who(ANNA));
  await stage.advance(0);

  expect(await music(connection)).toEqual([]);
  expect(reported()).toEqual([[true], [false]]);
});

test.for([
  ['missing', 'missing.wav', 8536],
  ['broken', 'page.wav', 8535],
] as const)('%s music ends the hold', async ([, path, subCode]) => {
  stage.audio.put('page.wav', '<html></html>');
  const connection = await stage.connected();
  await connection.getCallMedia().hold(who(ANNA), { ...under('mine'), playSource: stage.file(path) });
  await stage.advance(0);

  expect(reported()).toEqual([[true], 'HoldFailed', [false]]);
  expect(stage.only('HoldFailed')).toMatchObject({
    operationContext: 'mine',
    resultInformation: { code: 400, subCode },
  });
  expect(await music(connection)).toEqual([]);
});

test('the failure of a hold goes where the request says', async () => {
  const connection = await stage.connected();
  const operationCallbackUrl = `${stage.app.url}/elsewhere`;
  await connection.getCallMedia().hold(who(ANNA), { playSource: stage.file('missing.wav'), operationCallbackUrl });
  await stage.advance(0);

  expect(stage.app.of('HoldFailed')[0]?.path).toBe('/elsewhere');
  expect(stage.app.of('ParticipantsUpdated')[0]?.path).toBe('/callbacks?call=1');
});

test('a hold of an absent participant fails with 8558, an unhold is 404/8522', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.hold(who(BOB));
  await stage.advance(0);

  expect(stage.only('HoldFailed')).toMatchObject({ resultInformation: { code: 400, subCode: 8558 } });
  expect(await refusalOf(media.unhold(who(BOB)))).toMatchObject({ status: 404, code: '8522' });
});

test('a hold of who is on hold already is answered with the list', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.unhold(who(ANNA));
  await stage.advance(0);
  await media.hold(who(ANNA), { playSource: stage.file('100.wav') });
  await media.hold(who(ANNA));
  await stage.advance(0);

  expect(reported()).toEqual([[false], [true], [true]]);
});

test('text as music needs a speech service', async () => {
  const media = (await stage.connected()).getCallMedia();

  expect(await refusalOf(media.hold(who(ANNA), { playSource: text('please wait') }))).toMatchObject({
    status: 405,
    code: '8522',
  });
});

test('interruptHoldAudio silences the music while something is played', async () => {
  const connection = await stage.connected();
  const { callConnectionId } = await connection.getCallConnectionProperties();
  await connection.getCallMedia().hold(who(ANNA), { playSource: stage.file('1000.wav') });
  await stage.advance(0);
  // The JS SDK drops the option; others send it.
  await stage.send('POST', `/calling/callConnections/${callConnectionId}:play`, {
    playSources: [{ kind: 'file', file: { uri: stage.audio.at('500.wav') } }],
    playTo: [{ rawId: `4:${ANNA}` }],
    playOptions: { loop: false, interruptHoldAudio: true },
  });
  await stage.advance(499);
  expect(await music(connection)).toMatchObject([{ state: 'paused' }]);
  await stage.advance(1);

  expect(await music(connection)).toMatchObject([{ state: 'running' }]);
  // Who is on hold already stays so: the list does not change.
  expect(reported()).toEqual([[true], 'PlayStarted', 'PlayCompleted']);
});

test('an unhold during a play leaves the music off, and the participant apart until the play is over', async () => {
  const connection = await stage.connected();
  const { callConnectionId } = await connection.getCallConnectionProperties();
  await connection.getCallMedia().hold(who(ANNA), { playSource: stage.file('1000.wav') });
  await stage.advance(0);
  await stage.send('POST', `/calling/callConnections/${callConnectionId}:play`, {
    playSources: [{ kind: 'file', file: { uri: stage.audio.at('500.wav') } }],
    playTo: [{ rawId: `4:${ANNA}` }],
    interruptHoldAudio: true,
  });
  await stage.advance(100);
  await connection.getCallMedia().unhold(who(ANNA));
  await stage.advance(1000);

  expect(reported()).toEqual([[true], 'PlayStarted', [true], 'PlayCompleted', [false]]);
  expect(await music(connection)).toEqual([]);
});

test('a participant who moves to another call is not on hold there', async () => {
  const from = await stage.connected(BOB);
  await stage.joined(from, USER);
  const to = await stage.connected();
  await from.getCallMedia().hold(who(BOB), { playSource: stage.file('100.wav') });
  await stage.advance(0);
  const { callConnectionId = '' } = await from.getCallConnectionProperties();
  await to.moveParticipants([who(BOB)], callConnectionId);
  await stage.advance(0);

  expect(await to.getParticipant(who(BOB))).toMatchObject({ isOnHold: false });
  expect(await music(from)).toEqual([]);
});
