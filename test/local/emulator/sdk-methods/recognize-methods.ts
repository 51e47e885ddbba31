/** CallMedia: tones, words and choices that are collected from one participant. */

import { ANNA, BOB, USER } from '../stage.ts';
import { type Expected, invalidArgument, phone, type Row, type Scene, speaking } from './row.ts';

type Recognition = Parameters<Scene['media']['startRecognizing']>[1] & object;

const choices = [
  { label: 'Confirm', phrases: ['Yes'], tone: 'one' },
  { label: 'Cancel', phrases: ['No'], tone: 'two' },
];
const dtmf = { kind: 'callMediaRecognizeDtmfOptions' as const, maxTonesToCollect: 2, interToneTimeoutInSeconds: 3 };
const speech = { kind: 'callMediaRecognizeSpeechOptions' as const, endSilenceTimeoutInSeconds: 1 };
const either = { ...dtmf, kind: 'callMediaRecognizeSpeechOrDtmfOptions' as const, endSilenceTimeoutInSeconds: 1 };
const choice = { kind: 'callMediaRecognizeChoiceOptions' as const, choices };

const recognize =
  (recognition: object) =>
  ({ media, options }: Scene) =>
    media.startRecognizing(phone(ANNA), {
      initialSilenceTimeoutInSeconds: 10,
      ...recognition,
      ...options,
    } as Recognition);

const outcome = (
  kind: 'RecognizeCompleted' | 'RecognizeFailed',
  code: number,
  subCode: number,
  says: object = {},
): readonly Expected[] => [[kind, { operationContext: 'mine', resultInformation: { code, subCode }, ...says }]];
const tones = (...collected: string[]) => ({ recognitionType: 'dtmf', dtmfResult: { tones: collected } });

/** What is collected, what Anna does as soon as she is listened to, when it is over, and what is reported then. */
const collections: readonly (readonly [
  title: string,
  recognition: object,
  act: object,
  afterMs: number,
  events: readonly Expected[],
])[] = [
  [
    'completes with 8531 when all tones are there',
    dtmf,
    { press: '1#' },
    0,
    outcome('RecognizeCompleted', 200, 8531, tones('one', 'pound')),
  ],
  [
    'completes with 8514 at a stop tone',
    { ...dtmf, stopDtmfTones: ['pound'] },
    { press: '7#' },
    0,
    outcome('RecognizeCompleted', 200, 8514, tones('seven')),
  ],
  [
    'completes with 8533 when a choice is pressed',
    choice,
    { press: '2' },
    0,
    outcome('RecognizeCompleted', 200, 8533, { recognitionType: 'choices', choiceResult: { label: 'Cancel' } }),
  ],
  [
    'completes with 8545 when a choice is said',
    choice,
    { say: 'yes' },
    0,
    outcome('RecognizeCompleted', 200, 8545, { choiceResult: { label: 'Confirm', recognizedPhrase: 'Yes' } }),
  ],
  [
    'completes with 8569 when something is said',
    speech,
    { say: 'billing' },
    1000,
    outcome('RecognizeCompleted', 200, 8569, { recognitionType: 'speech', speechResult: { speech: 'billing' } }),
  ],
  [
    'completes with tones where words would do',
    either,
    { press: '12' },
    0,
    outcome('RecognizeCompleted', 200, 8531, tones('one', 'two')),
  ],
  ['fails with 8510 when nothing is pressed', dtmf, { say: 'what?' }, 10_000, outcome('RecognizeFailed', 400, 8510)],
  [
    'fails with 8532 when the next tone does not come',
    dtmf,
    { press: '1' },
    3000,
    outcome('RecognizeFailed', 400, 8532),
  ],
  ['fails with 8534 when no choice is pressed', choice, { press: '9' }, 0, outcome('RecognizeFailed', 400, 8534)],
  ['fails with 8547 when no choice is said', choice, { say: 'perhaps' }, 0, outcome('RecognizeFailed', 400, 8547)],
];

export const recognizeMethods: readonly Row[] = [
  ...collections.map(
    ([title, recognition, act, afterMs, events]): Row => ({
      method: 'CallMedia.startRecognizing',
      title,
      leg: speaking,
      parties: { [ANNA]: { then: [{ onListening: act }] } },
      call: recognize(recognition),
      afterMs,
      events,
    }),
  ),
  {
    method: 'CallMedia.startRecognizing',
    title: 'fails with 8563 when what is said cannot be understood',
    leg: speaking,
    call: recognize(speech),
    async meanwhile({ stage, connection }) {
      const { callConnectionId } = await connection.getCallConnectionProperties();
      const path = `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${ANNA}`)}/say`;
      await stage.emulator.control.post(path, { text: 'mumble', confidence: 0 });
    },
    events: outcome('RecognizeFailed', 400, 8563),
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'fails with 8511 when the prompt is not there',
    call: (scene) => recognize({ ...dtmf, playPrompt: scene.file('missing.wav') })(scene),
    events: outcome('RecognizeFailed', 500, 8511),
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'fails with 8558 for an absent participant',
    call: ({ media, options }) => media.startRecognizing(phone(BOB), { ...dtmf, ...options }),
    events: outcome('RecognizeFailed', 400, 8558),
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'fails with 8528 when the call ends',
    call: recognize(dtmf),
    meanwhile: ({ connection }) => connection.hangUp(true),
    events: [...outcome('RecognizeFailed', 400, 8528), ['CallDisconnected']],
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'is refused in a group while it listens to the same participant',
    also: [USER],
    async given(scene) {
      await recognize(dtmf)(scene);
      return '';
    },
    call: recognize(dtmf),
    refused: { statusCode: 412, code: '8583' },
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'is refused for speech without a speech service',
    call: recognize(speech),
    refused: { statusCode: 405, code: '8522' },
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'is refused with a timeout that ACS does not take',
    call: recognize({ ...dtmf, interToneTimeoutInSeconds: 61 }),
    refused: invalidArgument,
  },
];
