/** Plays among other operations: waiting, barging in, to one or to all, and ending before their time. */

import { expect, test } from 'vitest';
import { onMediaStage, under } from '../media-stage.ts';
import { ANNA, APP_NUMBER, BOB, refusalOf, setStage, USER, who } from '../stage.ts';

const stage = onMediaStage();

test('plays to all wait for one another, and each reports its own events', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('100.wav')], under('first'));
  await media.playToAll([stage.file('missing.wav')], under('second'));
  await media.playToAll([stage.file('100.wav')], under('third'));
  await stage.advance(200);

  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'first'],
    ['PlayCompleted', 0, 'first'],
    ['PlayFailed', 8536, 'second'],
    ['PlayStarted', 0, 'third'],
    ['PlayCompleted', 0, 'third'],
  ]);
});

test('interruptCallMediaOperation cancels what runs and what waits', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('100.wav')], under('first'));
  await media.playToAll([stage.file('100.wav')], under('waits'));
  await stage.advance(50);
  await media.playToAll([stage.file('100.wav')], { ...under('urgent'), interruptCallMediaOperation: true });
  await stage.advance(200);

  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'first'],
    ['PlayCanceled', 8508, 'first'],
    ['PlayCanceled', 8508, 'waits'],
    ['PlayStarted', 0, 'urgent'],
    ['PlayCompleted', 0, 'urgent'],
  ]);
});

test('a play to one participant keeps them on hold meanwhile, beside a play to all', async () => {
  const connection = await stage.connected();
  await stage.joined(connection, USER);
  const media = connection.getCallMedia();
  await media.playToAll([stage.file('300.wav')], under('all'));
  await media.play([stage.file('100.wav')], [who(USER)], under('one'));
  await stage.advance(300);

  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'all'],
    ['ParticipantsUpdated', 0],
    ['PlayStarted', 0, 'one'],
    ['PlayCompleted', 0, 'one'],
    ['ParticipantsUpdated', 0],
    ['PlayCompleted', 0, 'all'],
  ]);
  const onHold = stage.app.of('ParticipantsUpdated').map(({ event }) => event.data.participants);
  expect(onHold).toMatchObject([
    [{ isOnHold: false }, { isOnHold: true }],
    [{ isOnHold: false }, { isOnHold: false }],
  ]);
});

test('a play to one participant who is busy is refused, unless it interrupts', async () => {
  const connection = await stage.connected();
  const play = (context: string) =>
    connection.getCallMedia().play([stage.file('100.wav')], [who(ANNA)], under(context));
  await play('first');
  expect(await refusalOf(play('second'))).toMatchObject({ status: 412, code: '8583' });
  const { callConnectionId } = await connection.getCallConnectionProperties();
  // The JS SDK drops the option from a play to participants; others send it.
  await stage.send('POST', `/calling/callConnections/${callConnectionId}:play`, {
    playSources: [{ kind: 'file', file: { uri: stage.audio.at('100.wav') } }],
    playTo: [{ rawId: `4:${ANNA}` }],
    playOptions: { loop: false, interruptCallMediaOperation: true },
    operationContext: 'third',
  });
  await stage.advance(100);

  const plays = stage.reported().filter(([kind]) => kind !== 'ParticipantsUpdated');
  expect(plays).toEqual([
    ['PlayCanceled', 8508, 'first'],
    ['PlayStarted', 0, 'third'],
    ['PlayCompleted', 0, 'third'],
  ]);
});

test('a play to an absent participant fails with 8558', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.play([stage.file('100.wav')], [who(ANNA), who(BOB)], under('mine'));
  await stage.advance(0);

  expect(stage.reported()).toEqual([['PlayFailed', 8558, 'mine']]);
});

test('a play ends when the last of those it is for has left', async () => {
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await stage.joined(connection, USER);
  await connection.getCallMedia().play([stage.file('1000.wav')], [who(BOB), who(USER)], under('mine'));
  await connection.removeParticipant(who(BOB));
  await stage.advance(100);
  expect(stage.app.kinds()).not.toContain('PlayFailed');
  await connection.removeParticipant(who(USER));
  await stage.advance(1000);

  expect(stage.only('PlayFailed')).toMatchObject({ resultInformation: { code: 400, subCode: 8558 } });
  expect(stage.app.kinds()).not.toContain('PlayCompleted');
});

test('what plays and what waits fails with 8572 before the call is disconnected', async () => {
  const connection = await stage.connected();
  await connection.getCallMedia().playToAll([stage.file('1000.wav')], under('runs'));
  await connection.getCallMedia().playToAll([stage.file('1000.wav')], under('waits'));
  await stage.advance(500);
  await connection.hangUp(true);
  await stage.advance(5000);

  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'runs'],
    ['PlayFailed', 8572, 'runs'],
    ['PlayFailed', 8572, 'waits'],
    ['CallDisconnected', 7000, 'created'],
  ]);
});

test('the caller who hangs up ends what was played to them', async () => {
  await stage.script(ANNA, { waitMs: 500 }, { hangUp: true });
  const connection = await stage.connected();
  await connection.getCallMedia().play([stage.file('1000.wav')], [who(ANNA)]);
  await stage.advance(5000);

  expect(stage.only('PlayFailed')).toMatchObject({ resultInformation: { code: 500, subCode: 8572 } });
  expect(stage.app.kinds().at(-1)).toBe('CallDisconnected');
});

test('the events of a play go where the request says', async () => {
  const media = (await stage.connected()).getCallMedia();
  const operationCallbackUrl = `${stage.app.url}/elsewhere?a=%2F`;
  await media.playToAll([stage.file('100.wav')], { operationCallbackUrl });
  await stage.advance(100);

  expect(stage.app.arrivals.map(({ path }) => path)).toEqual(['/elsewhere?a=%2F', '/elsewhere?a=%2F']);
});

test('a reset silences a play that is about to begin', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('100.wav')]);
  await stage.clear();
  await stage.advance(1000);

  expect(stage.app.kinds()).toEqual([]);
});

test('mediaQueue shows what runs and what waits, per leg', async () => {
  const connection = await stage.connected();
  const media = connection.getCallMedia();
  const { callConnectionId } = await connection.getCallConnectionProperties();
  await media.playToAll([stage.file('100.wav')], under('one'));
  await media.playToAll([stage.file('100.wav')], under('two'));
  await media.play([stage.file('100.wav')], [who(ANNA)], under('three'));

  expect(await stage.emulator.control.get(`calls/${callConnectionId}`)).toMatchObject({
    mediaQueue: [
      { operation: 'playToAll', leg: 'main', participants: [], state: 'running', operationContext: 'one' },
      { operation: 'playToAll', leg: 'main', participants: [], state: 'queued', operationContext: 'two' },
      { operation: 'playTo', leg: 'sub', participants: [ANNA], state: 'running', operationContext: 'three' },
    ],
  });
});

test('an application that is moved with its participant plays no longer in the call it leaves', async () => {
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await stage.emulator.control.put('event-grid/subscriptions/app', { endpoint: stage.app.url, eventTypes });
  await stage.emulator.control.put('numbers', { numbers: [APP_NUMBER, BOB] });
  const to = await stage.connected();
  const invite = { targetParticipant: { phoneNumber: BOB }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } };
  const { callConnectionProperties } = await stage.client.createCall(invite, stage.callback);
  await stage.advance(0);
  const context = stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext ?? '';
  const { callConnection } = await stage.client.answerCall(context, stage.callback);
  await stage.advance(0);
  await callConnection.getCallMedia().playToAll([stage.file('1000.wav')], under('moved'));
  await stage.advance(100);
  await to.moveParticipants([{ phoneNumber: BOB }], callConnectionProperties.callConnectionId ?? '');
  await stage.advance(1000);

  expect(stage.only('PlayFailed')).toMatchObject({ operationContext: 'moved', resultInformation: { subCode: 8572 } });
  expect(stage.app.kinds()).not.toContain('PlayCompleted');
});

test('on a real clock a play lasts as long, too', async () => {
  const real = await setStage({ clock: 'real' });
  try {
    const invite = { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } };
    const { callConnection } = await real.client.createCall(invite, real.callback);
    await real.app.next('CallConnected');
    await callConnection.getCallMedia().playToAll([stage.file('50.wav')], under('mine'));
    // On their way one may overtake the other.
    const [started, completed] = await Promise.all([real.app.next('PlayStarted'), real.app.next('PlayCompleted')]);

    expect(Date.parse(completed.event.time ?? '') - Date.parse(started.event.time ?? '')).toBeGreaterThanOrEqual(49);
  } finally {
    await real.close();
  }
});
