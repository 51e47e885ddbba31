/** Listening: after the prompt or through it, and parties who answer when they are listened to. */

import { expect, test } from 'vitest';
import { collected, onMediaStage, recognize } from '../media-stage.ts';
import { ANNA } from '../stage.ts';

const stage = onMediaStage();

test('silence is measured from the end of the prompt', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { playPrompt: stage.file('2000.wav') });
  await stage.advance(11_999);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(stage.reported()).toEqual([['RecognizeFailed', 8510, 'mine']]);
});

test('a key during the prompt ends it and is collected', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '1' }, { waitMs: 1000 }, { press: '2' });
  const connection = await stage.connected();
  const playPrompts = [stage.file('500.wav'), stage.file('9000.wav')];
  await recognize(connection, 'dtmf', { playPrompts, maxTonesToCollect: 2 });
  await stage.advance(2000);

  expect(stage.only('RecognizeCompleted')).toMatchObject(collected('one', 'two'));
});

test('a key during a prompt that must not be interrupted goes unheard', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '1' }, { waitMs: 1000 }, { press: '2' });
  const connection = await stage.connected();
  const playPrompt = stage.file('1500.wav');
  await recognize(connection, 'dtmf', { playPrompt, interruptPrompt: false, maxTonesToCollect: 1 });
  await stage.advance(2000);

  expect(stage.only('RecognizeCompleted')).toMatchObject(collected('two'));
});

test('a prompt that cannot be played fails the recognize with 8511', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { playPrompts: [stage.file('100.wav'), stage.file('missing.wav')] });
  await stage.advance(100);

  expect(stage.reported()).toEqual([['RecognizeFailed', 8511, 'mine']]);
  expect(stage.only('RecognizeFailed')).toMatchObject({ failedPlaySourceIndex: 1, resultInformation: { code: 500 } });
});

test('a party answers each time it is listened to, once', async () => {
  await stage.script(ANNA, { onListening: { press: '12' } }, { onListening: { press: '4321' } });
  const connection = await stage.connected();
  const ask = () => recognize(connection, 'dtmf', { maxTonesToCollect: 4, playPrompt: stage.file('1000.wav') });
  await ask();
  await stage.advance(10_000);
  await ask();
  await stage.advance(1000);

  expect(stage.reported()).toEqual([
    ['RecognizeFailed', 8532, 'mine'],
    ['RecognizeCompleted', 8531, 'mine'],
  ]);
  expect(stage.only('RecognizeCompleted')).toMatchObject(collected('four', 'three', 'two', 'one'));
});

test('a party that is ready later answers a recognize that listens already', async () => {
  await stage.script(ANNA, { waitMs: 3000 }, { onListening: { press: '5' } });
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { maxTonesToCollect: 1 });
  await stage.advance(2999);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(stage.only('RecognizeCompleted')).toMatchObject(collected('five'));
});

test('a participant presses and says by hand, as sure as one likes', async () => {
  const connection = await stage.speaking();
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const act = (what: string, body: object) =>
    stage.emulator.control.post(`calls/${callConnectionId}/participants/${encodeURIComponent(ANNA)}/${what}`, body);
  await recognize(connection, 'dtmf', { maxTonesToCollect: 2 });
  await stage.advance(0);
  await act('press', { tones: 'A' });
  await act('press', { tones: 'D' });
  await stage.advance(0);
  await recognize(connection, 'speech');
  await stage.advance(0);
  await act('say', { text: 'billing', confidence: 0.4 });
  await stage.advance(2000);
  await recognize(connection, 'speech');
  await stage.advance(0);
  await act('say', { text: 'mumble', confidence: 0 });
  await stage.advance(0);

  expect(stage.app.arrivals.map(({ event }) => event.data)).toMatchObject([
    collected('a', 'd'),
    { speechResult: { speech: 'billing', confidence: 0.4 } },
    { resultInformation: { code: 400, subCode: 8563 } },
  ]);
});
