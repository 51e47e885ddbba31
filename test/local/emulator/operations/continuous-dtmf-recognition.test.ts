/** startContinuousDtmfRecognition and its stop: every tone of one participant, numbered. */

import { expect, test } from 'vitest';
import { onMediaStage, under } from '../media-stage.ts';
import { ANNA, BOB, who } from '../stage.ts';

const stage = onMediaStage();

const RECEIVED = 'ContinuousDtmfRecognitionToneReceived';
const STOPPED = 'ContinuousDtmfRecognitionStopped';

/** Number, tone and context of the tones that were reported. */
const tones = () =>
  stage.app.of(RECEIVED).map(({ event: { data } }) => [data.sequenceId, data.tone, data.operationContext]);

test('the tones of the participant are reported one by one, those of others are not', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '10#' }, { waitMs: 1000 }, { press: 'A' });
  await stage.script(BOB, { waitMs: 1500 }, { press: '9' });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await connection.getCallMedia().startContinuousDtmfRecognition(who(ANNA), under('start'));
  await stage.advance(10_000);

  expect(tones()).toEqual([
    [1, 'one', 'start'],
    [2, 'zero', 'start'],
    [3, 'pound', 'start'],
    [4, 'a', 'start'],
  ]);
  expect(stage.app.of(RECEIVED)[0]?.event.data).toMatchObject({ resultInformation: { code: 200, subCode: 0 } });
});

test('after a stop no tone is reported, and the next start counts from 1', async () => {
  await stage.script(
    ANNA,
    { waitMs: 1000 },
    { press: '1' },
    { waitMs: 1000 },
    { press: '2' },
    { waitMs: 1000 },
    { press: '3' },
  );
  const media = (await stage.connected()).getCallMedia();
  await media.startContinuousDtmfRecognition(who(ANNA), under('first'));
  await stage.advance(1500);
  const operationCallbackUrl = `${stage.app.url}/elsewhere`;
  await media.stopContinuousDtmfRecognition(who(ANNA), { ...under('stop'), operationCallbackUrl });
  await stage.advance(1000);
  await media.startContinuousDtmfRecognition(who(ANNA), under('second'));
  await stage.advance(1000);

  expect(tones()).toEqual([
    [1, 'one', 'first'],
    [1, 'three', 'second'],
  ]);
  expect(stage.only(STOPPED)).toMatchObject({ operationContext: 'stop', resultInformation: { code: 200 } });
  expect(stage.app.of(STOPPED)[0]?.path).toBe('/elsewhere');
});

test('tones are reported beside a recognize that collects them too', async () => {
  await stage.script(ANNA, { onListening: { press: '12' } });
  const media = (await stage.connected()).getCallMedia();
  await media.startContinuousDtmfRecognition(who(ANNA), under('continuous'));
  const kind = 'callMediaRecognizeDtmfOptions';
  await media.startRecognizing(who(ANNA), { kind, maxTonesToCollect: 2, ...under('recognize') });
  await stage.advance(0);

  expect(stage.reported()).toEqual([
    [RECEIVED, 0, 'continuous'],
    [RECEIVED, 0, 'continuous'],
    ['RecognizeCompleted', 8531, 'recognize'],
  ]);
});

test('starting twice reports each tone once, with the newer context, and counts on', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '1' }, { waitMs: 1000 }, { press: '2' });
  const media = (await stage.connected()).getCallMedia();
  await media.startContinuousDtmfRecognition(who(ANNA), under('first'));
  await stage.advance(1500);
  await media.startContinuousDtmfRecognition(who(ANNA), under('second'));
  await stage.advance(1000);

  expect(tones()).toEqual([
    [1, 'one', 'first'],
    [2, 'two', 'second'],
  ]);
});

test('canceling all media operations leaves it running', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '1' });
  const media = (await stage.connected()).getCallMedia();
  await media.startContinuousDtmfRecognition(who(ANNA));
  await media.cancelAllOperations();
  await stage.advance(1000);

  expect(stage.app.kinds()).toEqual([RECEIVED]);
});

test('it stops with the call, and when the participant leaves', async () => {
  await stage.script(BOB, { waitMs: 1000 }, { hangUp: true });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await connection.getCallMedia().startContinuousDtmfRecognition(who(ANNA), under('Anna'));
  await connection.getCallMedia().startContinuousDtmfRecognition(who(BOB), under('Bob'));
  await stage.advance(1000);
  await connection.hangUp(true);
  await stage.advance(0);

  expect(stage.reported()).toEqual([
    [STOPPED, 0, 'Bob'],
    ['ParticipantsUpdated', 0],
    [STOPPED, 0, 'Anna'],
    ['CallDisconnected', 7000, 'created'],
  ]);
});

test('a stop of what never began is answered with Stopped', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.stopContinuousDtmfRecognition(who(ANNA), under('stop'));
  await stage.advance(0);

  expect(stage.reported()).toEqual([[STOPPED, 0, 'stop']]);
});

test('a start for an absent participant is reported as ToneFailed', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.startContinuousDtmfRecognition(who(BOB), under('start'));
  await stage.advance(0);

  expect(stage.reported()).toEqual([['ContinuousDtmfRecognitionToneFailed', 8558, 'start']]);
});
