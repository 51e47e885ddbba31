/**
 * The how-to on mid-call media actions, heading by heading. Its compatibility table is tested cell by cell in
 * `test/scenarios/media-rules.test.ts`.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AudioServer, startAudioServer } from '../../local/emulator/audio-server.ts';
import { eventually } from '../../support/api.ts';
import { pathOfDigits, pathOfParticipant } from '../../support/people.ts';
import { problemIn } from '../../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { fault, party, withoutTimers } from '../../support/wire.ts';
import {
  appNumber,
  askedOf,
  callWith,
  done,
  hasEvents,
  hasPeople,
  isOver,
  otherPhone,
  phone,
  settled,
  user,
} from './acts.ts';

let board: Switchboard;
let audio: AudioServer;

beforeAll(async () => {
  [board, audio] = await Promise.all([startSwitchboard(withoutTimers), startAudioServer()]);
  for (const id of [phone, user]) {
    await party(board, id, { afterMs: 10 });
  }
});
afterAll(() => Promise.all([board.close(), audio.close()]));

test('Send DTMF: tones to a phone number in the call, with a context', async () => {
  const call = await callWith(board, phone);
  const body = { tones: ['one', 'two', 'three', 'pound'], to: phone, context: 'dtmfs-to-ivr' };
  const asked = await askedOf(board, 'sendDtmfTones', async () => {
    expect(await done(board, 'POST', `${call}/media/send-dtmf`, body)).toMatchObject({ context: 'dtmfs-to-ivr' });
  });
  expect(asked).toMatchObject({ tones: body.tones, targetParticipant: { rawId: `4:${phone}` } });
  await hasEvents(board, call, 'SendDtmfTonesCompleted');
});

test('Send DTMF: a failed event brings its message and the context', async () => {
  const call = await callWith(board, phone);
  const body = { tones: ['one'], to: otherPhone, context: 'dtmfs-to-ivr' };
  const operation = await settled(board, 'POST', `${call}/media/send-dtmf`, body);
  expect(operation).toMatchObject({
    status: 'failed',
    context: 'dtmfs-to-ivr',
    error: { acsSubCode: 8558, message: expect.stringContaining('not present') },
  });
  await hasEvents(board, call, 'SendDtmfTonesFailed');
});

test.each([
  ['more than 18 tones', { tones: Array(19).fill('one'), to: phone }, 'tones'],
  ['a user', { tones: ['one'], to: user }, 'to'],
])('Send DTMF: not %s', async (_, body, field) => {
  const call = await callWith(board, phone, user);
  expect(problemIn(await board.api('POST', `${call}/media/send-dtmf`, body))).toEqual({
    problem: '422 invalidInput',
    fields: [field],
  });
});

/** The phone's keys are pressed. */
async function press(call: string, tones: string): Promise<void> {
  const { callConnectionId } = (await board.api('GET', call)).body;
  const path = `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${phone}`)}/press`;
  await board.emulator.control.post(path, { tones });
}

const collected = async (call: string) => (await board.api('GET', await pathOfDigits(board.api, call, phone))).body;

async function collecting(): Promise<string> {
  const call = await callWith(board, phone);
  const body = { participant: phone, context: 'dtmf-reco-on-c2' };
  expect(await done(board, 'POST', `${call}/media/continuous-dtmf/start`, body)).toMatchObject({
    context: 'dtmf-reco-on-c2',
  });
  return call;
}

test('Continuous DTMF recognition: tones come one by one, and their sequence id is their order', async () => {
  const call = await collecting();
  await fault(board, 'ContinuousDtmfRecognitionToneReceived', { reorderEvents: true });
  await press(call, '12#');
  const { digits } = await eventually(
    () => collected(call),
    (dtmf) => dtmf.digits.length === 3,
  );
  expect(digits.map(({ tone }: { tone: string }) => tone)).toEqual(['one', 'two', 'pound']);
  const order = digits.map(({ sequenceId }: { sequenceId: number }) => sequenceId);
  expect(order).toEqual([1, 2, 3]);
  await hasEvents(board, call, 'ContinuousDtmfRecognitionToneReceived');
});

test('Stop continuous DTMF recognition: no tone is reported any more', async () => {
  const call = await collecting();
  await press(call, '1');
  await eventually(
    () => collected(call),
    ({ digits }) => digits.length === 1,
  );
  const body = { participant: phone, context: 'dtmf-reco-on-c2' };
  expect(await done(board, 'POST', `${call}/media/continuous-dtmf/stop`, body)).toMatchObject({ settledBy: 'event' });
  await press(call, '2');
  await hasEvents(board, call, 'ContinuousDtmfRecognitionStopped');
  expect(await collected(call)).toMatchObject({ status: 'stopped', digits: [{ tone: 'one' }] });
});

test('Continuous DTMF recognition that stops because the call ended', async () => {
  const call = await collecting();
  await done(board, 'POST', `${call}/hang-up`, { forEveryone: true });
  await hasEvents(board, call, 'ContinuousDtmfRecognitionStopped', 'CallDisconnected');
  await isOver(board, call);
});

test('Continuous DTMF recognition that fails is reported, and its start fails', async () => {
  const fail = { code: 500, subCode: 8512, message: 'Tone detection failed.' };
  await fault(board, 'startContinuousDtmfRecognition', { fail });
  const call = await callWith(board, phone);
  const operation = await settled(board, 'POST', `${call}/media/continuous-dtmf/start`, { participant: phone });
  expect(operation).toMatchObject({ status: 'failed', error: { acsSubCode: 8512, message: 'Tone detection failed.' } });
  expect((await collected(call)).status).toBe('failed');
  await hasEvents(board, call, 'ContinuousDtmfRecognitionToneFailed');
});

const isOnHold = async (call: string) =>
  (await board.api('GET', await pathOfParticipant(board.api, call, phone))).body.isOnHold;

test.each([
  ['without additional options', () => ({})],
  ['with a file to play', () => ({ source: { file: audio.at('200.wav') } })],
  ['with a text to play', () => ({ source: { text: 'One moment.' } })],
  [
    'with options',
    () => ({
      source: { ssml: '<speak version="1.0" xml:lang="en-US"><voice name="en-US-JennyNeural">Wait.</voice></speak>' },
      context: 'holdUserContext',
    }),
  ],
])('Hold: %s; Unhold brings the participant back', async (_, options) => {
  const call = await callWith(board, phone, user);
  expect(await done(board, 'POST', `${call}/media/hold`, { participant: phone, ...options() })).toMatchObject({
    settledBy: 'event',
  });
  expect(await isOnHold(call)).toBe(true);
  await done(board, 'POST', `${call}/media/unhold`, { participant: phone });
  expect(await isOnHold(call)).toBe(false);
});

test('Unhold: with a context', async () => {
  const call = await callWith(board, phone, user);
  await done(board, 'POST', `${call}/media/hold`, { participant: phone });
  const body = { participant: phone, context: 'unholdUserContext' };
  expect(await done(board, 'POST', `${call}/media/unhold`, body)).toMatchObject({ context: 'unholdUserContext' });
});

/** A call whose media go to the socket of the test. */
async function streamed(options: object): Promise<string> {
  const body = { targets: [phone], callerId: appNumber, ...options };
  const { callId } = await done(board, 'POST', 'calls', body);
  await hasPeople(board, `calls/${callId}`, phone);
  return `calls/${callId}`;
}

const hasFrames = (kind: string) =>
  eventually(
    async () => board.socket.frames.map((frame) => frame.kind),
    (kinds) => kinds.includes(kind),
  );

test('Audio streaming: started and stopped in an ongoing call', async () => {
  const call = await streamed({ mediaStreaming: { transportUrl: board.socket.url } });
  await done(board, 'POST', `${call}/media/streaming/start`);
  await hasFrames('AudioData');
  await done(board, 'POST', `${call}/media/streaming/stop`);
  await hasEvents(board, call, 'MediaStreamingStarted', 'MediaStreamingStopped');
});

test('Real-time transcription: started, changed and stopped in an ongoing call', async () => {
  const call = await streamed({ transcription: { transportUrl: board.socket.url, locale: 'en-US' } });
  await done(board, 'POST', `${call}/media/transcription/start`, { locale: 'en-US' });
  await hasFrames('TranscriptionMetadata');
  await done(board, 'POST', `${call}/media/transcription/update`, { locale: 'fr-FR' });
  await done(board, 'POST', `${call}/media/transcription/stop`);
  await hasEvents(board, call, 'TranscriptionStarted', 'TranscriptionUpdated', 'TranscriptionStopped');
});
