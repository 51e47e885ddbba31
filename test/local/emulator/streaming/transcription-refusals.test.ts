/** The codes with which operations on transcriptions are refused or, by a fault, fail. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../stage.ts';
import { setTranscriptionStage, subscriptionOf, type TranscriptionStage } from './transcription-stage.ts';

let stage: TranscriptionStage;
beforeAll(async () => {
  stage = await setTranscriptionStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

test('what is not in order is refused with the documented codes', async () => {
  const plain = await stage.connected();
  const mute = await stage.called({ cognitiveServicesEndpoint: undefined });
  const idle = await stage.called();
  const running = await stage.transcribing();
  const { serverCallId } = await running.getCallConnectionProperties();
  const { callConnection: joined } = await stage.client.connectCall(
    { kind: 'serverCallLocator', id: serverCallId ?? '' },
    stage.callback,
  );
  await stage.advance(0);
  const refused = [
    [plain.getCallMedia().startTranscription(), 405, '8522'],
    [mute.getCallMedia().startTranscription(), 405, '8522'],
    [idle.getCallMedia().startTranscription({ locale: 'en' }), 400, '8523'],
    [idle.getCallMedia().stopTranscription(), 400, '8585'],
    [idle.getCallMedia().updateTranscription('fr-FR'), 400, '8585'],
    [idle.getCallMedia().updateTranscription('french'), 400, '8523'],
    [idle.getCallMedia().updateTranscription(undefined as never), 400, '8523'],
    [running.getCallMedia().startTranscription(), 400, '8585'],
    [joined.getCallMedia().updateTranscription('fr-FR'), 405, '8520'],
  ] as const;

  for (const [call, status, code] of refused) {
    expect(await refusalOf(call)).toMatchObject({ status, code });
  }
});

test('faults fail each of its operations, and a failed update changes nothing', async () => {
  const fail = { code: 400, subCode: 8605, message: 'Custom speech recognition model is not supported.' };
  const call = await stage.transcribing();
  for (const match of ['updateTranscription', 'stopTranscription']) {
    await stage.emulator.control.post('faults', { match, do: { fail } });
  }
  await call.getCallMedia().updateTranscription('fr-FR', { operationContext: 'update' });
  await call.getCallMedia().stopTranscription({ operationContext: 'stop' });
  await stage.advance(0);

  expect(stage.app.arrivals.map(({ kind, event }) => [kind, event.data])).toMatchObject([
    ['TranscriptionFailed', { operationContext: 'update', resultInformation: fail }],
    ['TranscriptionFailed', { operationContext: 'stop', resultInformation: fail }],
  ]);
  expect(await subscriptionOf(call)).toMatchObject({ state: 'active', locale: 'en-CA' });
});

test.for([['en'], ['english'], ['en-'], [`en-${'US-'.repeat(40)}`]])(
  'locale %s is refused by name',
  async ([locale]) => {
    expect(await refusalOf(stage.called({ transcription: { locale } }))).toMatchObject({
      status: 400,
      message: expect.stringContaining('transcriptionOptions.locale'),
    });
  },
);

test.for([['en-US'], ['zh-Hans-CN'], ['es-419'], ['en-US-NancyNeural'], ['DE-de']])(
  'locale %s is taken',
  async ([locale]) => {
    const call = await stage.called({ transcription: { locale } });

    expect(await subscriptionOf(call)).toMatchObject({ locale });
  },
);
