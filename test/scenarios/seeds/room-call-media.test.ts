/** The quickstart on room calls, heading by heading: tones, what is played, and what is recognized. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AudioServer, startAudioServer } from '../../local/emulator/audio-server.ts';
import { eventually } from '../../support/api.ts';
import { pathOfDigits } from '../../support/people.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { party, withoutTimers } from '../../support/wire.ts';
import { appNumber, askedOf, connectedToRoom, done, hasEvents, hasPeople, phone, user } from './acts.ts';

let board: Switchboard;
let audio: AudioServer;

beforeAll(async () => {
  [board, audio] = await Promise.all([startSwitchboard(withoutTimers), startAudioServer()]);
});
afterAll(() => Promise.all([board.close(), audio.close()]));

/** A room call with a user and a phone, which does these things once it is in the call. */
async function roomCall(...then: readonly object[]): Promise<string> {
  await party(board, phone, { afterMs: 10, then });
  const call = await connectedToRoom(board, { pstnDialOutEnabled: true });
  await done(board, 'POST', `${call}/participants`, { target: phone, callerId: appNumber });
  await hasPeople(board, call, user, phone);
  return call;
}

test('Send DTMF: tones to an external participant', async () => {
  const call = await roomCall();
  const tones = ['one', 'two', 'three', 'pound'];
  const asked = await askedOf(board, 'sendDtmfTones', () =>
    done(board, 'POST', `${call}/media/send-dtmf`, { tones, to: phone, context: 'dtmfs-to-ivr' }),
  );
  expect(asked).toMatchObject({ tones, targetParticipant: { rawId: `4:${phone}` } });
  await hasEvents(board, call, 'SendDtmfTonesCompleted');
});

test.each([
  ['Play: an audio file to one', () => ({ sources: [{ file: audio.at('100.wav') }], to: [user] })],
  ['Play: a text to one', () => ({ sources: [{ text: 'Welcome' }], to: [phone] })],
  ['Play all: an audio file and a text', () => ({ sources: [{ file: audio.at('100.wav') }, { text: 'Welcome' }] })],
])('%s', async (_, body) => {
  const call = await roomCall();
  await done(board, 'POST', `${call}/media/play`, body());
  await hasEvents(board, call, 'PlayStarted', 'PlayCompleted');
});

test.each([
  ['DTMF', { press: '12' }, { input: 'dtmf', maxTones: 2 }, { tones: ['one', 'two'] }],
  [
    'speech',
    { say: 'billing' },
    { input: 'speech', endSilenceTimeoutMilliseconds: 200 },
    { speech: { speech: 'billing' } },
  ],
  ['either', { press: '7' }, { input: 'speechOrDtmf', maxTones: 1 }, { tones: ['seven'] }],
])('Recognize: %s', async (_, act, recognition, result) => {
  const call = await roomCall({ onListening: act });
  const body = { participant: phone, ...recognition };
  expect(await done(board, 'POST', `${call}/media/recognize`, body)).toMatchObject({ result });
  await hasEvents(board, call, 'RecognizeCompleted');
});

test('Recognize continuous DTMF', async () => {
  const call = await roomCall();
  await done(board, 'POST', `${call}/media/continuous-dtmf/start`, { participant: phone });
  const { callConnectionId } = (await board.api('GET', call)).body;
  const keypad = `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${phone}`)}/press`;
  await board.emulator.control.post(keypad, { tones: '0#' });
  const path = await pathOfDigits(board.api, call, phone);
  const { digits } = await eventually(
    async () => (await board.api('GET', path)).body,
    (dtmf) => dtmf.digits.length === 2,
  );
  expect(digits.map(({ tone }: { tone: string }) => tone)).toEqual(['zero', 'pound']);
});
