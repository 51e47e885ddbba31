/** startRecognizing: what is collected, after which prompt, and every way in which it ends. */

import type { CallConnection } from '@azure/communication-call-automation';
import { expect, test } from 'vitest';
import { onMediaStage, text, under } from '../media-stage.ts';
import { ANNA, BOB, refusalOf, USER, who } from '../stage.ts';

const stage = onMediaStage();

const KINDS = {
  dtmf: 'callMediaRecognizeDtmfOptions',
  speech: 'callMediaRecognizeSpeechOptions',
  speechOrDtmf: 'callMediaRecognizeSpeechOrDtmfOptions',
  choices: 'callMediaRecognizeChoiceOptions',
} as const;

const CHOICES = [
  { label: 'Confirm', phrases: ['Confirm', 'Yes please'], tone: 'one' },
  { label: 'Cancel', phrases: ['Cancel'], tone: 'two' },
];
const SPOKEN = CHOICES.map(({ label, phrases }) => ({ label, phrases }));

/** Starts a recognize of Anna as the SDK does. */
function recognize(connection: CallConnection, input: keyof typeof KINDS, options: object = {}, party = ANNA) {
  const common = { kind: KINDS[input], initialSilenceTimeoutInSeconds: 10, ...under('mine') };
  return connection.getCallMedia().startRecognizing(who(party), { ...common, ...options } as never);
}

interface Case {
  readonly title: string;
  readonly input: keyof typeof KINDS;
  readonly options?: object;
  /** What Anna does, beginning a millisecond after the recognize. */
  readonly steps: readonly object[];
  /** When it is over, in milliseconds from its beginning. */
  readonly atMs: number;
  readonly kind: 'RecognizeCompleted' | 'RecognizeFailed';
  readonly says: object;
}

const result = (code: number, subCode: number) => ({ resultInformation: { code, subCode } });
const tones = (...collected: string[]) => ({ recognitionType: 'dtmf', dtmfResult: { tones: collected } });

const cases: readonly Case[] = [
  {
    title: 'dtmf completes with 8531 when all tones are there',
    input: 'dtmf',
    options: { maxTonesToCollect: 3 },
    steps: [{ press: '1' }, { waitMs: 1500 }, { press: '2#' }],
    atMs: 1501,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8531), ...tones('one', 'two', 'pound') },
  },
  {
    title: 'dtmf completes with 8514 at a stop tone, which is not collected',
    input: 'dtmf',
    options: { maxTonesToCollect: 4, stopDtmfTones: ['pound', 'asterisk'] },
    steps: [{ press: '12*' }],
    atMs: 1,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8514), ...tones('one', 'two') },
  },
  {
    title: 'dtmf fails with 8510 when nothing is pressed in time',
    input: 'dtmf',
    steps: [],
    atMs: 10_000,
    kind: 'RecognizeFailed',
    says: result(400, 8510),
  },
  {
    title: 'dtmf fails with 8532 when the next tone does not come in time',
    input: 'dtmf',
    options: { maxTonesToCollect: 4, interToneTimeoutInSeconds: 3 },
    steps: [{ waitMs: 1000 }, { press: '1' }, { waitMs: 2999 }, { press: '2' }, { waitMs: 3001 }, { press: '3' }],
    atMs: 7000,
    kind: 'RecognizeFailed',
    says: result(400, 8532),
  },
  {
    title: 'dtmf hears no words',
    input: 'dtmf',
    steps: [{ say: 'hello' }],
    atMs: 10_000,
    kind: 'RecognizeFailed',
    says: result(400, 8510),
  },
  {
    title: 'speech completes with 8569 after the silence at its end',
    input: 'speech',
    options: { endSilenceTimeoutInSeconds: 1 },
    steps: [{ waitMs: 500 }, { say: 'I want' }, { waitMs: 900 }, { say: 'to pay' }],
    atMs: 2401,
    kind: 'RecognizeCompleted',
    says: {
      ...result(200, 8569),
      recognitionType: 'speech',
      speechResult: { speech: 'I want to pay', confidence: 0.95 },
    },
  },
  {
    title: 'speech fails with 8510 when nothing is said, whatever is pressed',
    input: 'speech',
    steps: [{ press: '1' }],
    atMs: 10_000,
    kind: 'RecognizeFailed',
    says: result(400, 8510),
  },
  {
    title: 'speechOrDtmf takes tones when they come first',
    input: 'speechOrDtmf',
    options: { maxTonesToCollect: 2 },
    steps: [{ press: '1' }, { say: 'no, wait' }, { press: '0' }],
    atMs: 1,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8531), ...tones('one', 'zero') },
  },
  {
    title: 'speechOrDtmf takes words when they come first',
    input: 'speechOrDtmf',
    options: { maxTonesToCollect: 2, endSilenceTimeoutInSeconds: 1 },
    steps: [{ say: 'agent' }, { press: '12' }],
    atMs: 1001,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8569), recognitionType: 'speech', speechResult: { speech: 'agent' } },
  },
  {
    title: 'choices complete with 8533 by tone',
    input: 'choices',
    options: { choices: CHOICES },
    steps: [{ press: '2' }],
    atMs: 1,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8533), recognitionType: 'choices', choiceResult: { label: 'Cancel' } },
  },
  {
    title: 'choices complete with 8545 by phrase',
    input: 'choices',
    options: { choices: CHOICES },
    steps: [{ say: 'Oh, YES please!' }],
    atMs: 1,
    kind: 'RecognizeCompleted',
    says: {
      ...result(200, 8545),
      recognitionType: 'choices',
      choiceResult: { label: 'Confirm', recognizedPhrase: 'Yes please', confidence: 0.95 },
    },
  },
  {
    title: 'choices fail with 8534 by another tone',
    input: 'choices',
    options: { choices: CHOICES },
    steps: [{ press: '9' }],
    atMs: 1,
    kind: 'RecognizeFailed',
    says: result(500, 8534),
  },
  {
    title: 'choices fail with 8547 by other words',
    input: 'choices',
    options: { choices: CHOICES },
    steps: [{ say: 'cancellation' }],
    atMs: 1,
    kind: 'RecognizeFailed',
    says: result(400, 8547),
  },
  {
    title: 'choices without tones do not listen for any',
    input: 'choices',
    options: { choices: SPOKEN },
    steps: [{ press: '9' }, { waitMs: 1000 }, { say: 'cancel' }],
    atMs: 1001,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8545), choiceResult: { label: 'Cancel' } },
  },
];

test.for(cases)('$title', async ({ input, options, steps, atMs, kind, says }) => {
  await stage.script(ANNA, { waitMs: 1 }, ...steps);
  const connection = await stage.speaking();
  await recognize(connection, input, options);
  await stage.advance(atMs - 1);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual([kind]);
  expect(stage.only(kind)).toMatchObject({ operationContext: 'mine', ...says });
  await stage.advance(60_000);
  expect(stage.app.arrivals).toHaveLength(1);
});

test('silence is measured from the end of the prompt', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { playPrompt: stage.file('2000.wav') });
  await stage.advance(11_999);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(stage.told()).toEqual([['RecognizeFailed', 8510, 'mine']]);
});

test('a key during the prompt ends it and is collected', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '1' }, { waitMs: 1000 }, { press: '2' });
  const connection = await stage.connected();
  const playPrompts = [stage.file('500.wav'), stage.file('9000.wav')];
  await recognize(connection, 'dtmf', { playPrompts, maxTonesToCollect: 2 });
  await stage.advance(2000);

  expect(stage.only('RecognizeCompleted')).toMatchObject(tones('one', 'two'));
});

test('a key during a prompt that must not be interrupted goes unheard', async () => {
  await stage.script(ANNA, { waitMs: 1000 }, { press: '1' }, { waitMs: 1000 }, { press: '2' });
  const connection = await stage.connected();
  const playPrompt = stage.file('1500.wav');
  await recognize(connection, 'dtmf', { playPrompt, interruptPrompt: false, maxTonesToCollect: 1 });
  await stage.advance(2000);

  expect(stage.only('RecognizeCompleted')).toMatchObject(tones('two'));
});

test('a prompt that cannot be played fails the recognize with 8511', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { playPrompts: [stage.file('100.wav'), stage.file('missing.wav')] });
  await stage.advance(100);

  expect(stage.told()).toEqual([['RecognizeFailed', 8511, 'mine']]);
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

  expect(stage.told()).toEqual([
    ['RecognizeFailed', 8532, 'mine'],
    ['RecognizeCompleted', 8531, 'mine'],
  ]);
  expect(stage.only('RecognizeCompleted')).toMatchObject(tones('four', 'three', 'two', 'one'));
});

test('a party that is ready later answers a recognize that listens already', async () => {
  await stage.script(ANNA, { waitMs: 3000 }, { onListening: { press: '5' } });
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', { maxTonesToCollect: 1 });
  await stage.advance(2999);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(stage.only('RecognizeCompleted')).toMatchObject(tones('five'));
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
    tones('a', 'd'),
    { speechResult: { speech: 'billing', confidence: 0.4 } },
    { resultInformation: { code: 400, subCode: 8563 } },
  ]);
});

test('cancelAllOperations cancels what listens and what waits to listen', async () => {
  const connection = await stage.connected();
  await recognize(connection, 'dtmf', under('runs'));
  await recognize(connection, 'dtmf', under('waits'));
  await stage.advance(0);
  await connection.getCallMedia().cancelAllOperations();
  await stage.advance(60_000);

  expect(stage.told()).toEqual([
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

  expect(stage.told()).toEqual([
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

  expect(stage.told()).toEqual([
    ['PlayStarted', 0, 'play'],
    ['PlayCanceled', 8508, 'play'],
    ['RecognizeCompleted', 8531, 'mine'],
  ]);
});

test('in a group call everybody is listened to on their own', async () => {
  await stage.script(ANNA, { waitMs: 2000 }, { press: '1' });
  await stage.script(BOB, { waitMs: 1000 }, { press: '2' });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await recognize(connection, 'dtmf', { ...under('Anna'), maxTonesToCollect: 1 });
  await recognize(connection, 'dtmf', { ...under('Bob'), maxTonesToCollect: 1 }, BOB);
  await stage.advance(3000);

  expect(stage.app.arrivals.map(({ event }) => event.data)).toMatchObject([
    { operationContext: 'Bob', ...tones('two') },
    { operationContext: 'Anna', ...tones('one') },
  ]);
});

test('a recognize of somebody who is not there, or who leaves, fails with 8558', async () => {
  await stage.script(BOB, { waitMs: 1000 }, { hangUp: true });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await recognize(connection, 'dtmf', under('absent'), USER);
  await recognize(connection, 'dtmf', under('leaves'), BOB);
  await stage.advance(1000);

  expect(stage.told()).toEqual([
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

  expect(stage.told()).toEqual([
    ['RecognizeFailed', 8528, 'mine'],
    ['CallDisconnected', 7000, 'created'],
  ]);
});

test.for([
  ['words', 'speech', {}],
  ['words or tones', 'speechOrDtmf', {}],
  ['choices', 'choices', { choices: CHOICES }],
  ['tones after a spoken prompt', 'dtmf', { playPrompt: text('press a key') }],
] as const)('%s without a speech service are 405/8522', async ([, input, options]) => {
  const connection = await stage.connected();

  expect(await refusalOf(recognize(connection, input, options))).toMatchObject({ status: 405, code: '8522' });
});

test.for([
  ['no type', { recognizeInputType: undefined }, /recognizeInputType/],
  ['an unknown type', { recognizeInputType: 'thought' }, /dtmf, speech, speechOrDtmf, choices/],
  ['no target', { recognizeOptions: {} }, /targetParticipant/],
  ['no choices', { recognizeInputType: 'choices' }, /recognizeOptions\.choices/],
  ['endless silence', { recognizeOptions: { initialSilenceTimeoutInSeconds: 301 } }, /initialSilence/],
  ['endless patience', { recognizeOptions: { dtmfOptions: { interToneTimeoutInSeconds: 61 } } }, /interTone/],
  ['no tones at all', { recognizeOptions: { dtmfOptions: { maxTonesToCollect: 0 } } }, /maxTonesToCollect/],
  ['an unknown stop tone', { recognizeOptions: { dtmfOptions: { stopTones: ['hash'] } } }, /stopTones\[0\]/],
  [
    'a tone for one choice only',
    { recognizeInputType: 'choices', recognizeOptions: { choices: [CHOICES[0], SPOKEN[1]] } },
    /choices/,
  ],
] as const)('a recognize with %s is 400/8523 and names the field', async ([, changes, message]) => {
  const { callConnectionId } = await (await stage.connected()).getCallConnectionProperties();
  const targetParticipant =
    'recognizeOptions' in changes && Object.keys(changes.recognizeOptions).length === 0
      ? {}
      : { targetParticipant: { rawId: `4:${ANNA}` } };
  const recognizeOptions = { ...targetParticipant, ...('recognizeOptions' in changes && changes.recognizeOptions) };
  const response = await stage.send('POST', `/calling/callConnections/${callConnectionId}:recognize`, {
    recognizeInputType: 'dtmf',
    ...changes,
    recognizeOptions,
  });

  expect(response.status).toBe(400);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.code).toBe('8523');
  expect(error.message).toMatch(message);
});
