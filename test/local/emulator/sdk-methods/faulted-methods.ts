/** Documented failures of which no cause is known, or none that this emulator has: a scripted fault brings each about. */

import { ANNA, APP_NUMBER } from '../stage.ts';
import { connectionId, reportsStates } from './recorded.ts';
import { type Expected, phone, type Row, type Scene } from './row.ts';

const DAVE = '+14255550166';

/** Lets the next request for an operation go wrong. */
const faulted =
  (match: string, action: object, given: (scene: Scene) => Promise<string> = async () => '') =>
  async (scene: Scene): Promise<string> => {
    await scene.stage.emulator.control.post('faults', { match, do: action, times: 1 });
    return given(scene);
  };

const create: Row['call'] = ({ client, stage, options }) =>
  client.createCall({ targetParticipant: phone(DAVE), sourceCallIdNumber: phone(APP_NUMBER) }, stage.callback, options);

/** Refusals: what the code means, its status, the code, and a request that it may meet. */
const refusals = [
  ['the media mode is invalid', 400, '8500', 'CallMedia.playToAll', 'play', playSilence],
  ['there is a conflict', 409, '8519', 'CallMedia.playToAll', 'play', playSilence],
  ['the service principal has a problem', 400, '8567', 'CallAutomationClient.createCall', 'createCall', create],
] as const;

function playSilence({ media, file }: Scene): Promise<unknown> {
  return media.playToAll([file('100.wav')]);
}

/** Failures that events report. */
const failure = (kind: string, code: number, subCode: number): Expected => [
  kind,
  { resultInformation: { code, subCode } },
];
const fail = (code: number, subCode: number) => ({ fail: { code, subCode, message: 'of the row' } });

export const faultedMethods: readonly Row[] = [
  ...refusals.map(
    ([what, statusCode, code, method, match, call]): Row => ({
      method,
      title: `is refused with ${statusCode}/${code} when ${what}`,
      given: faulted(match, { status: statusCode, code }),
      call,
      refused: { statusCode, code },
    }),
  ),
  {
    method: 'CallAutomationClient.createCall',
    title: 'fails with 408/8537 when the call is not kept alive',
    given: faulted('createCall', fail(408, 8537)),
    call: create,
    events: [failure('CreateCallFailed', 408, 8537), failure('CallDisconnected', 408, 8537)],
  },
  {
    method: 'CallMedia.startRecognizing',
    title: 'fails with 500/8512 when the beep cannot be played',
    given: faulted('recognize', fail(500, 8512)),
    call: ({ media }) => media.startRecognizing(phone(ANNA), { kind: 'callMediaRecognizeDtmfOptions' }),
    events: [failure('RecognizeFailed', 500, 8512)],
  },
  {
    method: 'CallRecording.start',
    title: 'is taken with 202 and fails with 500/8571 when it conflicts with another step',
    given: faulted('startRecording', fail(500, 8571), connectionId),
    call: (scene, callConnectionId) => scene.recording.start({ callConnectionId, ...reportsStates(scene) }),
    events: [failure('StartRecordingFailed', 500, 8571)],
  },
];
