/** Recognizes among other operations: waiting, barging in, in groups, and ending before their time. */

import { expect, test } from 'vitest';
import { collected, onMediaStage, recognize, under } from '../media-stage.ts';
import { ANNA, BOB, USER, who } from '../stage.ts';

const stage = onMediaStage();

test('cancelAllOperations cancels what listens and what waits to listen', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', under('runs'));
  await recognize(connection, 'dtmf', under('waits'));
  await stage.advance(0);
  await connection.getCallMedia().cancelAllOperations();
  await stage.advance(60_000);

  expect(stage.reported()).toEqual([
    ['RecognizeCanceled', 8508, 'runs'],
    ['RecognizeCanceled', 8508, 'waits'],
  ]);
  expect(stage.app.arrivals[0]?.event.data.recognitionType).toBeUndefined();
});

test('recognizes of a call of two wait for one another, and for plays to all', async () => {
  await stage.script(ANNA, { onListening: { press: '1' } }, { onListening: { press: '2' } });
  const connection = await stage.connected();
  await connection.getCallMedia().playToAll([stage.file('500.wav')], under('play'));
  await recognize(connection, 'dtmf', { ...under('first'), maxTonesToCollect: 1 });
  await recognize(connection, 'dtmf', { ...under('second'), maxTonesToCollect: 1 });
  await stage.advance(499);
  expect(stage.app.kinds()).toEqual(['PlayStarted']);
  await stage.advance(1);

  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'play'],
    ['PlayCompleted', 0, 'play'],
    ['RecognizeCompleted', 8531, 'first'],
    ['RecognizeCompleted', 8531, 'second'],
  ]);
});

test('interruptCallMediaOperation cancels the play and listens at once', async () => {
  await stage.script(ANNA, { onListening: { press: '1' } });
  const connection = await stage.connected();
  await connection.getCallMedia().playToAll([stage.file('5000.wav')], under('play'));
  await stage.advance(100);
  await recognize(connection, 'dtmf', { maxTonesToCollect: 1, interruptCallMediaOperation: true });
  await stage.advance(0);

  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'play'],
    ['PlayCanceled', 8508, 'play'],
    ['RecognizeCompleted', 8531, 'mine'],
  ]);
});

test('in a group call each participant is listened to separately', async () => {
  await stage.script(ANNA, { waitMs: 2000 }, { press: '1' });
  await stage.script(BOB, { waitMs: 1000 }, { press: '2' });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await recognize(connection, 'dtmf', { ...under('Anna'), maxTonesToCollect: 1 });
  await recognize(connection, 'dtmf', { ...under('Bob'), maxTonesToCollect: 1 }, BOB);
  await stage.advance(3000);

  expect(stage.app.arrivals.map(({ event }) => event.data)).toMatchObject([
    { operationContext: 'Bob', ...collected('two') },
    { operationContext: 'Anna', ...collected('one') },
  ]);
});

test('a recognize of an absent participant, or who leaves, fails with 8558', async () => {
  await stage.script(BOB, { waitMs: 1000 }, { hangUp: true });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await recognize(connection, 'dtmf', under('absent'), USER);
  await recognize(connection, 'dtmf', under('leaves'), BOB);
  await stage.advance(1000);

  expect(stage.reported()).toEqual([
    ['RecognizeFailed', 8558, 'absent'],
    ['RecognizeFailed', 8558, 'leaves'],
    ['ParticipantsUpdated', 0],
  ]);
});

test('a participant who is moved to another call is listened to no longer', async () => {
  const from = await stage.connected(BOB);
  const to = await stage.connected();
  await stage.joined(from, USER);
  await recognize(from, 'dtmf', {}, BOB);
  await stage.advance(0);
  const { callConnectionId = '' } = await from.getCallConnectionProperties();
  await to.moveParticipants([who(BOB)], callConnectionId);
  await stage.advance(60_000);

  expect(stage.only('RecognizeFailed')).toMatchObject({ resultInformation: { subCode: 8558 } });
});

test('what listens fails with 8528 before the call is disconnected', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { playPrompt: stage.file('5000.wav') });
  await stage.advance(1000);
  await connection.hangUp(true);
  await stage.advance(60_000);

  expect(stage.reported()).toEqual([
    ['RecognizeFailed', 8528, 'mine'],
    ['CallDisconnected', 7000, 'created'],
  ]);
});
