/** startRecognizing: the results of keys, words and silence, and the refusals. */

import { expect, test } from 'vitest';
import { collected, onMediaStage, type RecognizeInput, recognize, text } from '../media-stage.ts';
import { ANNA, refusalOf } from '../stage.ts';

const stage = onMediaStage();

const CHOICES = [
  { label: 'Confirm', phrases: ['Confirm', 'Yes please'], tone: 'one' },
  { label: 'Cancel', phrases: ['Cancel'], tone: 'two' },
];
const SPOKEN = CHOICES.map(({ label, phrases }) => ({ label, phrases }));

interface Case {
  readonly title: string;
  readonly input: RecognizeInput;
  readonly options?: object;
  /** What Anna does, starting a millisecond after the recognize. */
  readonly steps: readonly object[];
  /** When it is over, in milliseconds from its start. */
  readonly atMs: number;
  readonly kind: 'RecognizeCompleted' | 'RecognizeFailed';
  readonly says: object;
}

const result = (code: number, subCode: number) => ({ resultInformation: { code, subCode } });

const cases: readonly Case[] = [
  {
    title: 'dtmf completes with 8531 when all tones are there',
    input: 'dtmf',
    options: { maxTonesToCollect: 3 },
    steps: [{ press: '1' }, { waitMs: 1500 }, { press: '2#' }],
    atMs: 1501,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8531), ...collected('one', 'two', 'pound') },
  },
  {
    title: 'dtmf completes with 8514 at a stop tone, which is not collected',
    input: 'dtmf',
    options: { maxTonesToCollect: 4, stopDtmfTones: ['pound', 'asterisk'] },
    steps: [{ press: '12*' }],
    atMs: 1,
    kind: 'RecognizeCompleted',
    says: { ...result(200, 8514), ...collected('one', 'two') },
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
    says: { ...result(200, 8531), ...collected('one', 'zero') },
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
    title: 'choices complete with 8533 by tone, with null as the recognized phrase',
    input: 'choices',
    options: { choices: CHOICES },
    steps: [{ press: '2' }],
    atMs: 1,
    kind: 'RecognizeCompleted',
    says: {
      ...result(200, 8533),
      recognitionType: 'choices',
      choiceResult: { label: 'Cancel', recognizedPhrase: null },
    },
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
    says: result(400, 8534),
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
  ['an endless time-out', { recognizeOptions: { dtmfOptions: { interToneTimeoutInSeconds: 61 } } }, /interTone/],
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
