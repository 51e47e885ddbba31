/** Faults on media operations: each is accepted, and fails as asked. */

import type { CallMedia } from '@azure/communication-call-automation';
import { expect, test } from 'vitest';
import { onMediaStage, under } from '../media-stage.ts';
import { ANNA, who } from '../stage.ts';

const stage = onMediaStage();
const dtmf = { kind: 'callMediaRecognizeDtmfOptions', ...under('mine') } as const;

type Act = (media: CallMedia) => Promise<unknown>;

const acts: readonly (readonly [operation: string, failure: string, act: Act])[] = [
  ['play', 'PlayFailed', (media) => media.playToAll([stage.file('100.wav')], under('mine'))],
  ['recognize', 'RecognizeFailed', (media) => media.startRecognizing(who(ANNA), { ...dtmf })],
  ['sendDtmfTones', 'SendDtmfTonesFailed', (media) => media.sendDtmfTones(['one'], who(ANNA), under('mine'))],
  [
    'startContinuousDtmfRecognition',
    'ContinuousDtmfRecognitionToneFailed',
    (media) => media.startContinuousDtmfRecognition(who(ANNA), under('mine')),
  ],
  ['hold', 'HoldFailed', (media) => media.hold(who(ANNA), under('mine'))],
];

test.for(acts)('fail makes %s end in %s', async ([operation, failure, act]) => {
  const result = { code: 500, subCode: 9999, message: 'as asked' };
  await stage.emulator.control.post('faults', { match: operation, do: { fail: result }, times: 1 });
  const connection = await stage.connected();
  await act(connection.getCallMedia());
  await stage.advance(60_000);

  expect(stage.app.kinds()).toEqual([failure]);
  expect(stage.only(failure)).toMatchObject({ operationContext: 'mine', resultInformation: result });
  await act(connection.getCallMedia());
  await stage.advance(1000);
  expect(stage.app.of(failure)).toHaveLength(1);
});

test.for(['cancelAllMediaOperations', 'stopContinuousDtmfRecognition', 'unhold'])(
  '%s cannot be made to fail, because no event would report it',
  async (operation) => {
    const fault = { match: operation, do: { fail: { code: 500, subCode: 9999, message: '' } } };

    await expect(stage.emulator.control.post('faults', fault)).rejects.toMatchObject({ status: 400 });
  },
);
