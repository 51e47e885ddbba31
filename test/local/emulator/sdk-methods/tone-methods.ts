/** CallMedia: tones that are sent to a phone, and tones that are reported one by one. */

import { ANNA, BOB, USER } from '../stage.ts';
import { type Expected, invalidArgument, OK, phone, type Row, type Scene, user } from './row.ts';

const incompatible = { statusCode: 412, code: '8583' };
const ended = (kind: string, subCode: number): Expected => [
  kind,
  { operationContext: 'mine', resultInformation: { subCode } },
];

const send: readonly Row[] = [
  {
    method: 'CallMedia.sendDtmfTones',
    title: 'sends them to a phone',
    call: ({ media, options }) => media.sendDtmfTones(['one', 'a', 'pound'], phone(ANNA), options),
    answer: { operationContext: 'mine' },
    afterMs: 1000,
    events: [['SendDtmfTonesCompleted', { operationContext: 'mine', resultInformation: OK }]],
  },
  {
    method: 'CallMedia.sendDtmfTones',
    title: 'fails with 8558 for an absent participant',
    call: ({ media, options }) => media.sendDtmfTones(['one'], phone(BOB), options),
    events: [ended('SendDtmfTonesFailed', 8558)],
  },
  {
    method: 'CallMedia.sendDtmfTones',
    title: 'fails with 8508 when everything is canceled',
    call: ({ media, options }) => media.sendDtmfTones(['one'], phone(ANNA), options),
    meanwhile: ({ media }) => media.cancelAllOperations(),
    events: [ended('SendDtmfTonesFailed', 8508)],
  },
  {
    method: 'CallMedia.sendDtmfTones',
    title: 'is refused for a user',
    also: [USER],
    call: ({ media, options }) => media.sendDtmfTones(['one'], user(USER), options),
    refused: invalidArgument,
  },
  {
    method: 'CallMedia.sendDtmfTones',
    title: 'is refused for more than 18 tones',
    call: ({ media, options }) => media.sendDtmfTones(Array(19).fill('one'), phone(ANNA), options),
    refused: invalidArgument,
  },
  {
    method: 'CallMedia.sendDtmfTones',
    title: 'is refused while something plays to the same phone',
    given: playingToAnna,
    call: ({ media, options }) => media.sendDtmfTones(['one'], phone(ANNA), options),
    refused: incompatible,
  },
];

async function playingToAnna({ media, file, stage }: Scene): Promise<string> {
  await media.play([file('100.wav')], [phone(ANNA)], { loop: true });
  await stage.advance(0);
  return '';
}

/** Anna presses keys by hand. */
async function press({ stage, connection }: Scene, keys: string): Promise<void> {
  const { callConnectionId } = await connection.getCallConnectionProperties();
  const anna = encodeURIComponent(`4:${ANNA}`);
  await stage.emulator.control.post(`calls/${callConnectionId}/participants/${anna}/press`, { tones: keys });
}

const reported = (sequenceId: number, tone: string): Expected => [
  'ContinuousDtmfRecognitionToneReceived',
  { operationContext: 'mine', sequenceId, tone, resultInformation: OK },
];

async function collecting({ media }: Scene): Promise<string> {
  await media.startContinuousDtmfRecognition(phone(ANNA), { operationContext: 'started' });
  return '';
}

const collect: readonly Row[] = [
  {
    method: 'CallMedia.startContinuousDtmfRecognition',
    title: 'reports every tone in order',
    call: ({ media, options }) => media.startContinuousDtmfRecognition(phone(ANNA), options),
    meanwhile: (scene) => press(scene, '4#D'),
    events: [reported(1, 'four'), reported(2, 'pound'), reported(3, 'd')],
  },
  {
    method: 'CallMedia.startContinuousDtmfRecognition',
    title: 'stops with the call',
    call: ({ media, options }) => media.startContinuousDtmfRecognition(phone(ANNA), options),
    meanwhile: ({ connection }) => connection.hangUp(true),
    events: [ended('ContinuousDtmfRecognitionStopped', 0), ['CallDisconnected']],
  },
  {
    method: 'CallMedia.startContinuousDtmfRecognition',
    title: 'fails with 8558 for an absent participant',
    call: ({ media, options }) => media.startContinuousDtmfRecognition(phone(BOB), options),
    events: [ended('ContinuousDtmfRecognitionToneFailed', 8558)],
  },
  {
    method: 'CallMedia.startContinuousDtmfRecognition',
    title: 'is refused while something plays to the same participant',
    given: playingToAnna,
    call: ({ media, options }) => media.startContinuousDtmfRecognition(phone(ANNA), options),
    refused: incompatible,
  },
  {
    method: 'CallMedia.stopContinuousDtmfRecognition',
    title: 'ends the reports',
    given: collecting,
    call: ({ media, options }) => media.stopContinuousDtmfRecognition(phone(ANNA), options),
    meanwhile: (scene) => press(scene, '1'),
    events: [ended('ContinuousDtmfRecognitionStopped', 0)],
  },
];

export const toneMethods: readonly Row[] = [...send, ...collect];
