/** Media operations through the front door: what people hear, press and say, and the events of it; long because every media operation shares this stage. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { pathOfDigits, pathOfParticipant } from '../support/people.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const person = '+14255550123';
const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';
const patient = { prefer: 'wait=20' };

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());
beforeEach(async () => {
  await board.emulator.control.delete('faults');
  await board.emulator.control.delete(`parties/${encodeURIComponent(person)}`).catch(() => undefined);
});

const media = (callId: string, path: string, body: object = {}) =>
  board.api('POST', `calls/${callId}/media/${path}`, body, patient);

const digitsOf = async (callId: string) =>
  (await board.api('GET', await pathOfDigits(board.api, `calls/${callId}`, person))).body;

async function callTo(then: readonly object[]): Promise<string> {
  await board.emulator.control.put(`parties/${encodeURIComponent(person)}`, { then });
  return connectedCall(board.api, [person]);
}

async function press(callId: string, tones: string): Promise<void> {
  const { body } = await board.api('GET', `calls/${callId}`);
  const party = encodeURIComponent(`4:${person}`);
  await board.emulator.control.post(`calls/${body.callConnectionId}/participants/${party}/press`, { tones });
}

const recognized: readonly [string, readonly object[], object, object][] = [
  [
    'digits up to the number asked for',
    [{ onListening: { press: '12' } }],
    { input: 'dtmf', maxTones: 2 },
    { status: 'succeeded', result: { recognitionType: 'dtmf', tones: ['one', 'two'] } },
  ],
  [
    'digits up to the tone that stops',
    [{ onListening: { press: '4#' } }],
    { input: 'dtmf', maxTones: 9, stopTones: ['pound'] },
    { status: 'succeeded', result: { recognitionType: 'dtmf', tones: expect.arrayContaining(['four']) } },
  ],
  [
    'speech',
    [{ onListening: { say: 'billing please' } }],
    { input: 'speech', locale: 'en-US', endSilenceTimeoutMilliseconds: 200 },
    { status: 'succeeded', result: { recognitionType: 'speech', speech: { speech: 'billing please' } } },
  ],
  [
    'speech where digits might have come',
    [{ onListening: { say: 'five' } }],
    { input: 'speechOrDtmf', maxTones: 1, endSilenceTimeoutMilliseconds: 0 },
    { status: 'succeeded', result: { recognitionType: 'speech' } },
  ],
  [
    'digits where speech might have come',
    [{ onListening: { press: '5' } }],
    { input: 'speechOrDtmf', maxTones: 1 },
    { status: 'succeeded', result: { recognitionType: 'dtmf', tones: ['five'] } },
  ],
  [
    'a choice by its tone',
    [{ onListening: { press: '1' } }],
    { input: 'choices', choices: [{ label: 'Confirm', phrases: ['yes'], tone: 'one' }] },
    { status: 'succeeded', result: { recognitionType: 'choices', choice: { label: 'Confirm' } } },
  ],
  [
    'a choice by its phrase',
    [{ onListening: { say: 'yes' } }],
    { input: 'choices', choices: [{ label: 'Confirm', phrases: ['yes'], tone: 'one' }] },
    { status: 'succeeded', result: { choice: { label: 'Confirm', recognizedPhrase: 'yes' } } },
  ],
  [
    'nothing, and that it was silent',
    [],
    { input: 'dtmf', maxTones: 1, initialSilenceTimeoutSeconds: 1 },
    { status: 'failed', error: { code: 'recognizeFailed', acsCode: 400, acsSubCode: 8510 } },
  ],
  [
    'nothing at once, where no time is given to answer',
    [],
    { input: 'dtmf', maxTones: 1, initialSilenceTimeoutSeconds: 0 },
    { status: 'failed', error: { acsSubCode: 8510 } },
  ],
  [
    'too little, and that the next digit did not come',
    [{ onListening: { press: '1' } }],
    { input: 'dtmf', maxTones: 2, interToneTimeoutSeconds: 1 },
    { status: 'failed', error: { acsSubCode: 8532 } },
  ],
];

test.each(recognized)('recognize reports %s', async (_, then, options, expected) => {
  const callId = await callTo(then);
  const { body } = await media(callId, 'recognize', { participant: person, ...options });
  expect(body).toMatchObject(expected);
});

test('what is played comes to its end, and a file that cannot be had is named by its place', async () => {
  const callId = await connectedCall(board.api, [person]);
  expect((await media(callId, 'play', { sources: [{ text: 'Hello.' }] })).body.status).toBe('succeeded');
  const { body } = await media(callId, 'play', {
    sources: [
      { ssml: '<speak version="1.0" xml:lang="en-US"><voice name="en-US-JennyNeural">Hello.</voice></speak>' },
      { file: `${board.url}/nowhere.wav`, cacheId: 'greeting' },
    ],
    to: [person],
  });
  expect(body).toMatchObject({
    status: 'failed',
    result: { failedPlaySourceIndex: 1 },
    error: { code: 'playFailed', acsCode: 400, acsSubCode: 8536 },
  });
});

test('what the SDK leaves out of a play reaches ACS all the same', async () => {
  const callId = await connectedCall(board.api, [person]);
  const since = await lastEntry(board);
  await media(callId, 'play', {
    sources: [{ text: 'Hello.', voiceKind: 'male', cacheId: 'hello' }],
    to: [person],
    interrupt: true,
    interruptHold: true,
  });
  const [request] = (await requestsSince(board, since)).filter(({ path }) => path?.includes(':play'));
  expect(request?.body).toMatchObject({
    interruptCallMediaOperation: true,
    playOptions: { loop: false, interruptHoldAudio: true },
  });
});

test('digits of continuous DTMF come in the order of their sequence, with what is missing and what came twice', async () => {
  const callId = await connectedCall(board.api, [person]);
  expect(await digitsOf(callId)).toEqual({
    participant: person,
    status: 'none',
    digits: [],
    gaps: [],
    duplicates: [],
  });
  await media(callId, 'continuous-dtmf/start', { participant: person });
  await press(callId, '1');
  await fault(board, 'ContinuousDtmfRecognitionToneReceived', { dropEvent: true });
  await press(callId, '2');
  await fault(board, 'ContinuousDtmfRecognitionToneReceived', { duplicateEvent: true });
  await press(callId, '3');
  await press(callId, '4#');
  const dtmf = await eventually(
    () => digitsOf(callId),
    ({ digits }) => digits.length >= 4,
  );
  expect(dtmf).toMatchObject({ status: 'listening', gaps: [2], duplicates: [] });
  expect(dtmf.digits.map(({ tone }: { tone: string }) => tone)).toEqual(['one', 'three', 'four', 'pound']);
  const stopped = await media(callId, 'continuous-dtmf/stop', { participant: person });
  expect(stopped.body).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  expect((await digitsOf(callId)).status).toBe('stopped');
});

test('a participant is held, with music or without, and taken back; a source that cannot be had fails the hold', async () => {
  const callId = await connectedCall(board.api, [person, user]);
  const isOnHold = async () => {
    const path = await pathOfParticipant(board.api, `calls/${callId}`, user);
    return (await board.api('GET', path)).body.isOnHold;
  };
  const source = { text: 'Please hold the line.' };
  for (const options of [{}, { source }]) {
    expect((await media(callId, 'hold', { participant: user, ...options })).body.status).toBe('succeeded');
    expect(await isOnHold()).toBe(true);
    expect((await media(callId, 'unhold', { participant: user })).body.status).toBe('succeeded');
    expect(await isOnHold()).toBe(false);
  }
  const failed = await media(callId, 'hold', { participant: user, source: { file: `${board.url}/nowhere.wav` } });
  const { body } = await eventually(
    () => board.api('GET', `operations/${failed.body.operationId}`),
    (answer) => answer.body.status === 'failed',
  );
  expect(body).toMatchObject({ error: { code: 'holdFailed', acsSubCode: 8536 } });
});

test('streaming and transcription start, change and stop on the socket of the call', async () => {
  const transportUrl = board.socket.url;
  const callId = await connectedCall(board.api, [person], {
    mediaStreaming: { transportUrl },
    transcription: { transportUrl, locale: 'en-US' },
  });
  for (const path of ['streaming/start', 'transcription/start']) {
    expect((await media(callId, path)).body).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  }
  await eventually(
    async () => new Set(board.socket.frames.map(({ kind }) => kind)),
    (kinds) => kinds.has('AudioData') && kinds.has('TranscriptionMetadata'),
  );
  expect((await media(callId, 'transcription/update', { locale: 'fr-FR' })).body.status).toBe('succeeded');
  for (const path of ['transcription/stop', 'streaming/stop']) {
    expect((await media(callId, path)).body).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  }
});

test('a stream that was never asked for cannot be started', async () => {
  const callId = await connectedCall(board.api, [person]);
  const { body } = await media(callId, 'streaming/start');
  expect([String(body.status), String(body.code)]).toEqual(
    expect.arrayContaining([expect.stringMatching(/failed|acsRefused/)]),
  );
});

test.each([
  ['an answer that is lost', { dropResponse: true }],
  ['a gateway that times out', { status: 504 }],
])('%s does not make ACS play twice, and what ACS reports later counts', async (_, trouble) => {
  const callId = await connectedCall(board.api, [person]);
  const since = await lastEntry(board);
  await fault(board, 'play', trouble);
  const { body } = await board.api('POST', `calls/${callId}/media/play`, { sources: [{ text: 'Hello.' }] });
  expect(body.status).toBe('accepted');
  if ('dropResponse' in trouble) {
    const { body: settled } = await eventually(
      () => board.api('GET', `operations/${body.operationId}`),
      (answer) => answer.body.status !== 'accepted',
    );
    expect(settled).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  }
  expect((await requestsSince(board, since)).filter(({ path }) => path?.includes(':play'))).toHaveLength(1);
});

test('an error of ACS fails a play at once; a throttled play is asked for again, because ACS did nothing', async () => {
  const callId = await connectedCall(board.api, [person]);
  await fault(board, 'play', { status: 500 });
  const failed = await board.api('POST', `calls/${callId}/media/play`, { sources: [{ text: 'Hello.' }] });
  expect(failed).toMatchObject({ status: 502, body: { code: 'acsRefused', detail: expect.stringContaining('fault') } });
  await fault(board, 'play', { status: 503 });
  expect((await media(callId, 'play', { sources: [{ text: 'Hello.' }] })).body.status).toBe('succeeded');
});
